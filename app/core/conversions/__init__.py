"""The kinds of conversion steps, one file each; `app.core.conversion` is their door."""
