"""The page of links from columns to variables."""
