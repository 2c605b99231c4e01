"""What the engine says: errors and findings of conversion, joining and the schema."""

from app.language.text import N_

# One sentence on what is wrong, one on what to do.
SENTENCES: dict[str, str] = {
    "column-missing": N_(
        "The export lacks columns that the mapping reads: {column} (table {table}). "
        "Load an export that has them, or change the links."
    ),
    "case-key-elsewhere": N_(
        "{variable} must come from a column of {table}, the table of cases: several cases would be "
        "sent under one number. Link it there, or choose another table of cases."
    ),
    "case-table-missing": N_(
        "The table of cases {table} is not in the export. Choose which table holds the cases."
    ),
    "files-many": N_(
        "The table is made of {files} files, and at most {most} can be read as one. "
        "Put several months into one file."
    ),
    "link-other-table": N_(
        "{variable} is linked to the table {table}, but the rows of its group come from {rows}. "
        "Link it to a column of {rows}."
    ),
    "variable-unknown": N_(
        "The register profile does not have these variables: {variables}. Remove their links."
    ),
    "duplicate-case": N_(
        "The case {case} has more than one row in {table}: rows {first} and {row}. "
        "Only one may remain in the export."
    ),
    "duplicate-left-out": N_(
        "The case {case} has more than one row in {table}: row {first} stands, row {row} is left "
        "out. Choose on the source page which one is kept."
    ),
    "rows-left-out": N_(
        "{count} more rows in {table} could not be read and are left out. Correct the file."
    ),
    "column-empty-in-file": N_(
        "{column} has no value in any of the {rows} rows of {file}, but in other files of {table}. "
        "Check that the file has the column, under the same name."
    ),
    "key-empty": N_("Row {row} in {table} has no behandlingsnummer. Fill in {column}."),
    "key-shared": N_(
        "The rows of {other} cannot be told to be those of {case}: other cases have the same "
        "{column}. Choose a key that only one case has, or look the value up with a step."
    ),
    "orphan-row": N_(
        "Row {row} in {table} belongs to {case}, which is not among the cases. "
        "Check that the files were exported at the same time."
    ),
    "several-rows": N_(
        "The case {case} has more than one row in {table}, and {table} gives values that occur "
        "once. Keep one row per case."
    ),
    "blocked-patient": N_(
        "The patient has declined and is never sent. Nothing to do as long as {column} says so."
    ),
    "number-unreadable": N_(
        "“{value}” is not a number ({name}). Correct it in {table}, row {row}, or add a step."
    ),
    "date-unreadable": N_(
        "“{value}” is not a date in the chosen format ({name}). "
        "Correct it in {table}, row {row}, or change the format."
    ),
    "time-unreadable": N_(
        "“{value}” is not a date with a time in the chosen format ({name}). "
        "Correct it in {table}, row {row}, or change the format."
    ),
    "time-missing-hour": N_(
        "{value} never happened: the clocks were put forward that night ({name}). "
        "Correct it in {table}, row {row}."
    ),
    "time-ambiguous": N_(
        "{value} happened twice: the clocks were put back that night ({name}). "
        "Say in the step which one is meant."
    ),
    "value-unmapped": N_(
        "The local code “{value}” has no code of the register ({name}). Add it to the value map."
    ),
    "person-id-unreadable": N_(
        "This is not a personnummer of twelve digits ({name}). Correct it in {table}, row {row}."
    ),
    "character-illegal": N_(
        "The text holds a character that cannot be sent ({name}). Correct it in {table}, row {row}."
    ),
    "format-unreadable": N_(
        "The format of a step cannot be used ({name}). Write it with %Y %m %d %H %M %S."
    ),
    "step-unknown": N_(
        "A conversion step is not known here ({name}). Update the program or change the step."
    ),
    "document-unreadable": N_("The case {case} cannot be written as XML. Check its texts."),
    "cvc-pattern-valid": N_(
        "“{value}” does not have the form that the register wants ({name}). "
        "Correct it in {table}, row {row}, or in the mapping."
    ),
    "cvc-enumeration-valid": N_(
        "“{value}” is not one of the register's codes ({name}). Map it to a code of the list."
    ),
    "cvc-datatype-valid.1.2.1": N_(
        "“{value}” is of the wrong kind ({name}). Add a conversion step, or correct it in {table}."
    ),
    "cvc-datatype-valid.1.2.2": N_(
        "“{value}” is of the wrong kind ({name}). Add a conversion step, or correct it in {table}."
    ),
    "cvc-datatype-valid.1.2.3": N_(
        "“{value}” is of the wrong kind ({name}). Add a conversion step, or correct it in {table}."
    ),
    "cvc-minLength-valid": N_("“{value}” is too short ({name}). Correct it in {table}, row {row}."),
    "cvc-maxLength-valid": N_("“{value}” is too long ({name}). Correct it in {table}, row {row}."),
    "cvc-length-valid": N_(
        "“{value}” has the wrong length ({name}). Correct it in {table}, row {row}."
    ),
    "cvc-minInclusive-valid": N_(
        "{value} is lower than the register allows ({name}). Correct it in {table}, row {row}."
    ),
    "cvc-maxInclusive-valid": N_(
        "{value} is higher than the register allows ({name}). Correct it in {table}, row {row}."
    ),
    "cvc-minExclusive-valid": N_(
        "{value} is not higher than the register's limit ({name}). "
        "Correct it in {table}, row {row}."
    ),
    "cvc-maxExclusive-valid": N_(
        "{value} is not lower than the register's limit ({name}). Correct it in {table}, row {row}."
    ),
    "cvc-totalDigits-valid": N_(
        "{value} has too many digits ({name}). Correct it in {table}, row {row}."
    ),
    "cvc-fractionDigits-valid": N_(
        "{value} has too many decimals ({name}). Choose fewer decimals in the conversion."
    ),
    "cvc-complex-type.2.4.a": N_(
        "{name} is missing, and the register demands it. "
        "Link the variable, or fill it in where the case lacks it."
    ),
    "cvc-complex-type.2.4.a-surplus": N_(
        "{element} occurs more often or later than the register allows. Check the rows in {table}."
    ),
    "cvc-complex-type.2.4.b": N_(
        "{name} is missing, and the register demands it. "
        "Link the variable, or fill it in where the case lacks it."
    ),
    "cvc-complex-type.2.4.d": N_(
        "{element} occurs where the register does not allow it. Check the rows in {table}."
    ),
}

# Short names of causes, for several cases together.
NAMES: dict[str, str] = {
    "duplicate-case": N_("Several rows for one case"),
    "duplicate-left-out": N_("Further rows of a case left out"),
    "rows-left-out": N_("More rows that could not be read"),
    "left-out-ragged": N_("Row left out: another number of cells than the heading"),
    "left-out-quote": N_("Row left out: a quotation mark that is not closed"),
    "left-out-encoding": N_("Row left out: it cannot be read in the encoding"),
    "left-out-nul": N_("Row left out: a sign that is no text"),
    "left-out-long": N_("Row left out: far too long"),
    "left-out-json": N_("Row left out: no JSON object"),
    "key-empty": N_("Row without a behandlingsnummer"),
    "cells-cut": N_("Values to the right of the heading"),
    "cells-error": N_("Cells with an error"),
    "column-kind-changes": N_("Column written in another way further on"),
    "column-number-format": N_("Person's numbers in a column formatted as numbers"),
    "columns-run-together": N_("Columns of a fixed width that run together"),
    "encoding-mixed": N_("Letters of another encoding"),
    "formula-empty": N_("Formula without a stored value"),
    "values-joined": N_("Several values in one field"),
    "column-empty-in-file": N_("Column without values in one file"),
    "key-shared": N_("Several cases with the same key"),
    "orphan-row": N_("Row without a case"),
    "several-rows": N_("Several rows where one is expected"),
    "blocked-patient": N_("The patient has declined"),
    "number-unreadable": N_("Not a number"),
    "date-unreadable": N_("Not a date"),
    "time-unreadable": N_("Not a date with a time"),
    "time-missing-hour": N_("A time that never happened"),
    "time-ambiguous": N_("A time that happened twice"),
    "value-unmapped": N_("Local code without a register code"),
    "person-id-unreadable": N_("Not a personnummer of twelve digits"),
    "character-illegal": N_("A character that cannot be sent"),
    "format-unreadable": N_("A format that cannot be used"),
    "step-unknown": N_("Unknown conversion step"),
    "document-unreadable": N_("Cannot be written as XML"),
    "cvc-pattern-valid": N_("Wrong form"),
    "cvc-enumeration-valid": N_("Not one of the register's codes"),
    "cvc-datatype-valid.1.2.1": N_("A value of the wrong kind"),
    "cvc-minLength-valid": N_("Too short"),
    "cvc-maxLength-valid": N_("Too long"),
    "cvc-length-valid": N_("Wrong length"),
    "cvc-minInclusive-valid": N_("Too low"),
    "cvc-maxInclusive-valid": N_("Too high"),
    "cvc-minExclusive-valid": N_("Too low"),
    "cvc-maxExclusive-valid": N_("Too high"),
    "cvc-datatype-valid.1.2.2": N_("A value of the wrong kind"),
    "cvc-datatype-valid.1.2.3": N_("A value of the wrong kind"),
    "cvc-totalDigits-valid": N_("Too many digits"),
    "cvc-fractionDigits-valid": N_("Too many decimals"),
    "cvc-complex-type.2.4.a": N_("A mandatory value is missing, or stands in another place"),
    "cvc-complex-type.2.4.b": N_("A mandatory value is missing"),
    "cvc-complex-type.2.4.d": N_("An element too many"),
}
