"""What can be wrong with the hospital's files and the project file, as sentences."""

from app.language.text import N_

SENTENCES: dict[str, str] = {
    "file-missing": N_("The file {name} does not exist. Check the path or choose another file."),
    "file-folder": N_("{name} is a folder. Choose a file in it."),
    "file-special": N_("{name} is a pipe or a device, not a file. Choose a file."),
    "file-broken": N_("The file {name} is damaged or not complete. Fetch it or export it again."),
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
    "left-out-ragged": N_(
        "Line {line} of {name} has {cells} cells, but the heading has {columns}, and the row is "
        "left out. Correct the delimiter or the line break in the export."
    ),
    "left-out-quote": N_(
        "A quotation mark on line {line} of {name} is not closed, and the row is left out. "
        "Correct it in the export."
    ),
    "left-out-encoding": N_(
        "Line {line} of {name} cannot be read as {encoding}, and the row is left out. "
        "Choose another encoding, or correct the row in the export."
    ),
    "left-out-nul": N_(
        "Line {line} of {name} holds a sign that is no text (NUL), and the row is left out. "
        "Correct it in the export."
    ),
    "left-out-long": N_(
        "Line {line} of {name} is far too long for a row, and it is left out. "
        "Correct it in the export."
    ),
    "left-out-json": N_(
        "Line {line} of {name} is no JSON object, and the row is left out. "
        "Correct it in the export."
    ),
    "line-too-long": N_(
        "Line {line} of {name} is far too long for a row. Choose another file, or export it again."
    ),
    "json-broken": N_(
        "Line {line} of {name} is no JSON object. Choose another kind of file, or export it again."
    ),
    "json-list": N_(
        "{name} is one JSON list. Export it as JSON lines: one object a line, without brackets."
    ),
    "columns-many": N_(
        "The file {name} has {columns} columns, and at most {most} can be read. "
        "Check the delimiter."
    ),
    "file-gone": N_(
        "The file {name} could not be reached any more: {reason}. "
        "Check the network drive, and load again."
    ),
    "file-gone-at": N_(
        "The file {name} could not be reached any more after line {line}: {reason}. "
        "Check the network drive, and load again."
    ),
    "file-being-written": N_(
        "The file {name} changes while it is read. Wait until the export is done, and load again."
    ),
    "archive-too-large": N_(
        "{name} unpacks to far more than a table. It is not opened; ask for the file itself."
    ),
    "archive-password": N_(
        "The archive {name} has a password. Unpack it, and choose the files in it."
    ),
    "archive-broken": N_("The archive {name} cannot be unpacked. Fetch it again."),
    "archive-empty": N_("The archive {name} holds no file. Choose another one."),
    "member-missing": N_("The archive {name} holds no file {member}. Choose another one in it."),
    "widths-missing": N_("The columns of {name} have no widths yet. Say where they begin."),
    "xml-broken": N_(
        "Line {line} of {name} is no XML that can be read. Export the file again: "
        "what comes after it would be missing."
    ),
    "xml-unsafe": N_(
        "The XML file {name} has a document type, which may hide other files. "
        "It is not opened; export it without one."
    ),
    "record-missing": N_(
        "The XML file {name} has no element {record}. Choose the element that holds a row."
    ),
    "column-twice": N_(
        "Column {place} of {name} has the same name as another one. It is called {called} here."
    ),
    "column-unnamed": N_(
        "{name} has columns with values but no name: {count}. The first is called {column} here."
    ),
    "columns-missing": N_(
        "{name} lacks columns that other files of the table have: {columns}. "
        "They are empty in its rows."
    ),
    "column-kind-changes": N_(
        "Column {column} of {name} is written in another way from line {line} on. "
        "Check that both ways are understood."
    ),
    "column-number-format": N_(
        "Column {column} of {name} holds person's numbers but is formatted as numbers, from line "
        "{line} on: zeros at the beginning are lost. Format it as text and export again."
    ),
    "encoding-mixed": N_(
        "Line {line} of {name} seems to be written in another encoding than the rest. "
        "Check its letters."
    ),
    "file-read-again": N_("{name} changed while it was read. It was read anew."),
    "macros-ignored": N_("The workbook {name} has macros. They are not run."),
    "formulas-read": N_(
        "The workbook {name} has formulas, the first in {cell}. "
        "Their stored values are read; nothing is computed."
    ),
    "formula-empty": N_(
        "The formula in {cell} of {name} has no stored value, and is read as empty. "
        "Open the workbook, compute it and save it."
    ),
    "cells-error": N_(
        "The cell {cell} of {name} shows an error, such as #N/A. "
        "It and others like it are read as empty."
    ),
    "columns-run-together": N_(
        "On line {line} of {name} there is no blank between {before} and {after}, as there is on "
        "other lines. Check the widths of the columns."
    ),
    "heading-merged": N_(
        "The heading of {name} has merged cells ({cell}). Columns after the first one have no name."
    ),
    "cells-cut": N_(
        "Row {line} of {name} has values to the right of the heading. They are not read."
    ),
    "values-joined": N_(
        "{column} occurs several times in a row of {name}, first on row {line}. "
        "Its values are joined with |."
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
    "project-changed": N_(
        "The project file {name} was changed by another program after it was opened here, and is"
        " not written yet. Save a copy, or save again to replace it."
    ),
    "project-unwritable": N_("The project file {name} cannot be written: {reason}."),
    "project-unreadable": N_("{name} is no project file that can be read; see line {line}."),
    "project-newer": N_(
        "The project file {name} was made by a newer version (format {found}, known: {known}). "
        "Update the program."
    ),
    "project-unknown-key": N_("The project file {name} holds {fact}, which is not known."),
    "project-value": N_("The project file {name} holds a value of the wrong kind for {fact}."),
    "project-twice": N_(
        "The project file {name} holds {value} twice; the second is {fact}. Remove one of them."
    ),
    "project-exists": N_("The project file {name} exists already. Choose another name."),
    "sample-missing": N_("The sample project is not part of this installation."),
}

# What long work is doing.
NAMES: dict[str, str] = {
    "analyse": N_("Checking the cases"),
    "writing": N_("Writing the documents"),
}
