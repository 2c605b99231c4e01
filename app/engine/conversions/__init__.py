"""The kinds of conversion steps for whole columns, one file each; see `app.engine.columns`."""
