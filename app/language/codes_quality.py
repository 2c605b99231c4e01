"""The words for work on data quality and test batches."""

from app.language.text import N_

NAMES = {
    "covering": N_("Looking for the cases of a test batch"),
    "quality": N_("Working out the data quality"),
}
