"""WHAT WE SAY. The two catalogues, and the sentence for each error and finding code."""
