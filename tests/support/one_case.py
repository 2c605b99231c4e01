"""A case of the sample to look at closely, and a desk for an edited mapping."""

from app.workflow.analyse import analyse
from tests.support.loaded import base_of, sample_desk

CASE = "2600007"  # genomförd and out of postop
PLANNED_TWICE = "2600039"
PLANS = "planeringar"


def own_desk(folder, edit):
    """Return a desk on which the sample was checked with an edited project."""
    desk, opened = sample_desk(folder)
    analyse(desk, edit(opened.project), base_of(opened))
    return desk
