"""The table of variables: sections as headings over their rows."""

from app.gui.mapping.variable_rows import VariableRow, mapping_columns
from app.gui.widgets.headed_table import HeadedTable
from app.language.text import _


class VariablesTable(HeadedTable[VariableRow]):
    """All variables of the register, and what each comes from."""

    def __init__(self) -> None:
        super().__init__(_("Variables"), mapping_columns({}), lambda row: row.id)

    def choose_variable(self, variable: str) -> None:
        """Choose a variable; the first one when it is not there."""
        self.choose_key(variable)
