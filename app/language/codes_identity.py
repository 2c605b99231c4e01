"""Sentences of person's numbers and HSA-ids: what is wrong with them, and what is to be known."""

from app.language.text import N_

SENTENCES: dict[str, str] = {
    "person-id-form": N_("A personnummer or samordningsnummer has 12 digits."),
    "person-id-number": N_(
        "The column is formatted as numbers, and digits are lost. Format it as text and export "
        "again."
    ),
    "person-id-date": N_("The person's number holds no possible date."),
    "person-id-check-digit": N_("The person's number has a wrong check digit."),
    "person-id-reserve": N_(
        "A reserve number (letters among the last four) cannot be sent to SPOR."
    ),
    "person-id-reserve-national": N_(
        "A national reserve number (NRID, with a century of its own and two letters) cannot be "
        "sent to SPOR."
    ),
    "person-id-reserve-stockholm": N_(
        "A reserve number of Region Stockholm (99 and a year first) cannot be sent to SPOR."
    ),
    "person-id-reserve-vgr": N_(
        "A reserve number of Västra Götalandsregionen (K, M or X after the date) cannot be sent to "
        "SPOR."
    ),
    "person-id-reserve-varmland": N_(
        "A reserve number of Region Värmland (S and one more letter after the date) cannot be sent "
        "to SPOR."
    ),
    "person-id-reserve-inera": N_(
        "A reserve number of Inera's form (a day from 32 to 59) cannot be sent to SPOR."
    ),
    "person-id-reserve-authority": N_(
        "A reserve number of an authority (T or TF after the date) cannot be sent to SPOR."
    ),
    "hsa-id-form": N_("An HSA-id is two letters, digits, a hyphen and something after it."),
    "hsa-id-long": N_("An HSA-id has at most 64 characters."),
    "hsa-id-blank": N_("Blanks around the HSA-id were taken away."),
    "hsa-id-small": N_("HSA-ids are written in capitals."),
    "hsa-id-unusual": N_(
        "The HSA-id does not follow Inera's rule: SE, the organisation's ten digits, a hyphen, "
        "then letters and digits; at most 31 characters."
    ),
    "hsa-id-organisation": N_("The organisation number in the HSA-id has a wrong check digit."),
}
