"""How the rows of a table belong to the cases, in words."""

from app.core.mapping import Keep, Source
from app.gui.widgets.numbers import count, share_to_tenth
from app.language.text import N_, _, ngettext
from app.workflow.source_views import MANY, ONE, Relation

KEEP = {
    Keep.STOP: N_("Stop the case until it is corrected"),
    Keep.FIRST: N_("Keep the first row"),
    Keep.LAST: N_("Keep the last row"),
}
_BETWEEN = " + "


def relation_words(relation: Relation | None) -> str:
    """Return the relation in a few words: "1:n, at most 4"."""
    if relation is None:
        return "–"
    if relation.kind == ONE:
        return "1:1"
    if relation.kind == MANY:
        return _("1:n, at most {count}").format(count=count(relation.most))
    return _("no row has a case")


def relation_sentence(relation: Relation) -> str:
    """Return what the relation means."""
    if relation.kind == ONE:
        return _("1:1 – a case has at most one row here.")
    if relation.kind == MANY:
        most = relation.most
        return ngettext(
            "1:n – a case has up to {count} row here.",
            "1:n – a case has up to {count} rows here.",
            most,
        ).format(count=count(most))
    return _("No row here has a case. Choose another key column.")


def cases_sentence(relation: Relation) -> str:
    """Return how many of the cases have a row."""
    return _("{some} of {all} cases have a row here ({share}).").format(
        some=count(relation.with_row),
        all=count(relation.cases),
        share=share_to_tenth(relation.with_row, relation.cases),
    )


def without_sentence(relation: Relation) -> str:
    """Return how many cases have no row."""
    return ngettext(
        "{count} case has no row here.", "{count} cases have no row here.", relation.without
    ).format(count=count(relation.without))


def orphans_sentence(orphans: int) -> str:
    """Return how many rows have no case."""
    if not orphans:
        return _("Every row has a case.")
    return ngettext(
        "{count} row has no case (orphan) and is not used.",
        "{count} rows have no case (orphans) and are not used.",
        orphans,
    ).format(count=count(orphans))


def duplicates_sentence(duplicates: int) -> str:
    """Return how many cases have more than one row in the case table."""
    if not duplicates:
        return _("No case has more than one row.")
    return ngettext(
        "{count} case number occurs in more than one row.",
        "{count} case numbers occur in more than one row.",
        duplicates,
    ).format(count=count(duplicates))


def key_words(source: Source) -> str:
    """Return the columns of the key."""
    return columns_words(source.keys)


def columns_words(columns: tuple[str, ...]) -> str:
    """Return columns that together make a key."""
    return _BETWEEN.join(one for one in columns if one) or "–"
