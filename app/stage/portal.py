"""The pages a coordinator would see in the register: fellista, avvisade, överföringsstatistik.

Only on loopback, behind a random token in the address; shows numbers of cases, never of patients.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from io import StringIO

from flask import Flask, Response, abort, render_template, request

from app.core.clock import in_stockholm
from app.stage.register import ListedCase, StageRegister, Transfers

_OUTCOMES = {
    "created": "Skapade",
    "updated": "Uppdaterade",
    "rejected": "Avvisade",
    "format_error": "Formatfel",
}
_HEADER = ("behandlingsnummer", "typ", "orsak")
_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"
_PRIVATE = {
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "no-referrer",  # the address holds the token
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


def portal(register: StageRegister, token: str, hosts: Callable[[], tuple[str, ...]]) -> Flask:
    """Return the portal's pages below /<token>/, for requests that name one of the hosts."""
    app = Flask(__name__, static_url_path=f"/{token}/static")
    app.add_template_filter(_wall_clock, "wall_clock")
    app.before_request(_KeepToThisComputer(hosts))
    app.after_request(_keep_private)
    pages = _Pages(register, f"/{token}/")
    for path, page in pages.by_path().items():
        app.add_url_rule(f"/{token}/{path}", path or "home", page)
    return app


@dataclass(frozen=True, slots=True)
class _KeepToThisComputer:
    """Refuse a request whose Host header names another place (DNS rebinding)."""

    hosts: Callable[[], tuple[str, ...]]

    def __call__(self) -> None:
        if request.host not in self.hosts():
            abort(HTTPStatus.MISDIRECTED_REQUEST)


def _keep_private(response: Response) -> Response:
    response.headers.update(_PRIVATE)
    return response


@dataclass(frozen=True, slots=True)
class _Pages:
    """The portal's pages over one register."""

    register: StageRegister
    home: str

    def by_path(self) -> dict[str, Callable[[], str | Response]]:
        """Return every page by its path below the token."""
        return {
            "": self.fellista,
            "avvisade": self.rejected,
            "statistik": self.statistics,
            "fellista.csv": lambda: _csv("fellista", self.register.fellista()),
            "avvisade.csv": lambda: _csv("avvisad", self.register.rejected()),
        }

    def fellista(self) -> str:
        """Return the page of stored cases that break a rule."""
        return self._listed("fellista", self.register.fellista())

    def rejected(self) -> str:
        """Return the page of registrations that were not taken."""
        return self._listed("avvisade", self.register.rejected())

    def statistics(self) -> str:
        """Return the page of counts per day and sender."""
        days, stored = _by_day(self.register.transfers()), self.register.count()
        shown = {"page": "statistik", "home": self.home, "outcomes": _OUTCOMES}
        return render_template("statistics.html", days=days, stored=stored, **shown)

    def _listed(self, page: str, listed: list[ListedCase]) -> str:
        return render_template("listed.html", page=page, listed=listed, home=self.home)


def _csv(kind: str, listed: list[ListedCase]) -> Response:
    """Return one line per reason, as people save it from the register."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(_HEADER)
    writer.writerows((one.case, kind, reason) for one in listed for reason in one.reasons)
    return Response(text.getvalue(), mimetype="text/csv")


def _by_day(transfers: list[Transfers]) -> dict[tuple[str, str], dict[str, int]]:
    """Return the counts per outcome for each day and sender."""
    days: dict[tuple[str, str], dict[str, int]] = {}
    for one in transfers:
        days.setdefault((one.day, one.hsa_id), {})[one.outcome] = one.number
    return days


def _wall_clock(moment: str) -> str:
    """Return a stored moment as Stockholm's clock shows it."""
    return f"{in_stockholm(datetime.fromisoformat(moment)):%Y-%m-%d %H:%M}"
