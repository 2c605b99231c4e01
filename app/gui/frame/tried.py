"""How the connections were when they were last tried, as long as it still says something."""

from app.workflow.certificate_views import LadderView


class Tried:
    """The last ladder of each entrance.

    Each is kept with what it depends on: when the certificate or the settings of the entrance are
    others, it says nothing any more.
    """

    def __init__(self) -> None:
        self._kept: dict[str, tuple[object, LadderView]] = {}

    def keep(self, view: LadderView, depends_on: object) -> None:
        """Keep a ladder in place of the entrance's former one."""
        self._kept[view.entrance] = depends_on, view

    def of(self, entrance_id: str, depends_on: object) -> LadderView | None:
        """Return the entrance's ladder, None when there is none that still holds."""
        kept = self._kept.get(entrance_id)
        return kept[1] if kept is not None and kept[0] == depends_on else None

    def is_outdated(self, entrance_id: str, depends_on: object) -> bool:
        """Whether the entrance was tried, but not as things are now."""
        kept = self._kept.get(entrance_id)
        return kept is not None and kept[0] != depends_on

    def forget(self) -> None:
        """Forget every ladder: another project is open."""
        self._kept.clear()
