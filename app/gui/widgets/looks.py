"""What a column's contents look like, as icon and word."""

from app.language.text import N_, _

LOOKS = {
    "": ("", ""),
    "empty": ("circle-off-outline", N_("empty")),
    "text": ("format-text", N_("text")),
    "number": ("numeric", N_("number")),
    "decimal": ("decimal", N_("decimal number")),
    "date": ("calendar", N_("date")),
    "time": ("clock-outline", N_("time of day")),
    "datetime": ("calendar-clock", N_("date and time")),
    "person_id": ("account", N_("personnummer")),
    "hsa_id": ("card-account-details-outline", N_("HSA-id")),
    "code": ("format-list-bulleted-type", N_("code")),
    "kva": ("medical-bag", N_("procedure code (KVÅ)")),
    "icd": ("stethoscope", N_("diagnosis code (ICD-10)")),
}


def looks(code: str) -> str:
    """Return what a column's contents look like."""
    return _(LOOKS[code][1]) if code in LOOKS else code


def looks_icon(code: str) -> str:
    """Return the name of the icon for it, "" when there is none."""
    return LOOKS.get(code, LOOKS[""])[0]
