"""The page of the export's files."""
