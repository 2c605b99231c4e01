"""What can be wrong with the hospital's files and the project file, as sentences."""

from app.language.text import N_

SENTENCES: dict[str, str] = {
    "file-missing": N_("The file {name} does not exist. Check the path or choose another file."),
    "file-folder": N_("{name} is a folder. Choose a file in it."),
    "file-empty": N_("The file {name} is empty. Export it again."),
    "file-locked": N_(
        "The file {name} is locked. Close it in other programs, or ask for the right to read it."
    ),
    "file-unreadable": N_("The file {name} cannot be read: {reason}."),
    "workbook-too-large": N_(
        "The workbook {name} is too large, or a cell stands alone far down or to the right. "
        "Remove that cell, or save the table as a text file (CSV)."
    ),
    "file-kind": N_("The file {name} is no table. Choose a text file (CSV) or a workbook (XLSX)."),
    "file-password": N_("The workbook {name} has a password. Save it without one."),
    "file-encoding": N_(
        "Line {line} of {name} cannot be read as {encoding}. Choose another encoding."
    ),
    "encoding-unknown": N_("The encoding {encoding} of {name} is not one we know."),
    "delimiter-unknown": N_(
        "The delimiter {delimiter} of {name} cannot be used. Choose semicolon, comma, tab or |."
    ),
    "sheet-missing": N_("The workbook {name} has no sheet named {sheet}. Choose another sheet."),
    "column-duplicate": N_("The file {name} has two columns named {column}. Rename one of them."),
    "key-missing": N_(
        "The file {name} has no column {column} for the case number. Choose another key column."
    ),
    "row-ragged": N_(
        "Line {line} of {name} has {cells} cells, but the header has {columns}. "
        "Check the delimiter, and line breaks inside the cells."
    ),
    "quote-unbalanced": N_(
        "A quotation mark on line {line} of {name} is not closed. Correct it in the export."
    ),
    "sources-missing": N_("The project has no sources. Add the files of the export."),
    "source-unknown": N_("The project has no source named {table}."),
    "case-unknown": N_("The case {case} is not in the loaded export."),
    "not-analysed": N_("The export has not been checked yet. Load and check it first."),
    "folder-unwritable": N_("Nothing can be written to {name}: {reason}. Choose another folder."),
    "project-missing": N_("The project file {name} does not exist. Check the path."),
    "project-locked": N_(
        "The project file {name} is locked. Close it in other programs, or save under another name."
    ),
    "project-unwritable": N_("The project file {name} cannot be written: {reason}."),
    "project-unreadable": N_("{name} is no project file that can be read; see line {line}."),
    "project-newer": N_(
        "The project file {name} was made by a newer version (format {found}, known: {known}). "
        "Update the program."
    ),
    "project-unknown-key": N_("The project file {name} holds {fact}, which is not known."),
    "project-value": N_("The project file {name} holds a value of the wrong kind for {fact}."),
    "project-exists": N_("The project file {name} exists already. Choose another name."),
    "sample-missing": N_("The sample project is not part of this installation."),
}

# What long work is doing.
NAMES: dict[str, str] = {
    "analyse": N_("Checking the cases"),
    "writing": N_("Writing the documents"),
}
