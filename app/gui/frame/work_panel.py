"""What a template has left to do: one line a task, and the way to where it is done."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.frame.context import Context
from app.gui.frame.side_panel import title_bar
from app.gui.widgets.labels import Label, Note, SectionTitle
from app.gui.widgets.link_list import Link, LinkList
from app.gui.widgets.parts import Inspector
from app.language.sentences import error_sentence
from app.language.text import _
from app.workflow.template_views import AppliedTemplate
from app.workflow.views import Problem

_WIDTH = 300


class WorkPanel(QDockWidget):
    """Opens by itself when a template was applied and something of it did not fit."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(_("Left to do"), parent)
        self.setObjectName("work")
        self.setAllowedAreas(Qt.DockWidgetArea.RightDockWidgetArea)
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        self._context = context
        self._body = Inspector(_("Left to do"))
        self.setTitleBarWidget(title_bar(_("Left to do"), _("Close the list"), self.hide))
        holder = QWidget()
        around = QVBoxLayout(holder)
        around.setContentsMargins(2 * theme.GRID, 0, theme.GRID, theme.GRID)
        around.addWidget(self._body)
        self.setWidget(holder)
        self.setMinimumWidth(_WIDTH)
        context.session.applied_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the tasks of the template applied last."""
        applied = self._context.session.applied
        self.setVisible(applied is not None and bool(applied.tasks))
        if applied is not None:
            self._body.fill(*self._parts(applied))

    def _parts(self, applied: AppliedTemplate) -> list[QWidget]:
        words = _("{count} links come from the template and wait for approval.")
        links = LinkList(_("Left to do"), [_link(one) for one in applied.tasks])
        links.wanted.connect(self._go)
        return [
            SectionTitle(_("Template {name}").format(name=applied.template)),
            Label(words.format(count=len(applied.kept))),
            links,
            Note(_("The list stays until another project is opened.")),
        ]

    def _go(self, target: dict[str, str]) -> None:
        self._context.navigator.go(target["page"], variable=target["variable"])


def _link(task: Problem) -> Link:
    variable = dict(task.values).get("variable", "")
    page = "mapping" if variable else "source"
    return Link(error_sentence(task), {"page": page, "variable": variable}, "note")
