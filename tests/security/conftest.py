"""A server of the test's own, and a client that it knows."""

from tests.support.outside_fixtures import (  # noqa: F401 - pytest finds its fixtures here
    outside,
    server,
    spoken,
)
