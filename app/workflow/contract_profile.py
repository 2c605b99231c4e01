"""The profile that the local stage serves: that of a contract, whole enough to take cases."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from app.core.contract import demanded
from app.core.errors import ProfileError, StageError
from app.core.register import Profile
from app.workflow.desk import Desk

FOR_THIS_RUN = "contract"  # the name of a profile that nobody keeps


def contract_mark(profile: Profile) -> str:
    """Return what tells one contract from another, whichever profile it came with."""
    files = [path.read_bytes() for path in (Path(profile.wsdl), Path(profile.xsd))]
    received = "".join(sorted(profile.digests.values()))
    return sha256(b"".join([received.encode(), *files])).hexdigest()


@contextmanager
def profile_of_wsdl(desk: Desk, wsdl: Path) -> Iterator[Profile]:
    """Give the profile made from a WSDL file; one that nobody has imported is bound for this run.

    Then only suggestions that are sure are used. Raises ProfileError.
    """
    known = profile_for_contract(desk, wsdl)
    if known is not None:
        yield known
        return
    from app.workflow.profiles import import_profile, save_binding

    with TemporaryDirectory(prefix="spor-contract-") as folder:
        bench = Desk(Path(folder), desk.secrets, desk.clock)
        view = import_profile(bench, str(wsdl), FOR_THIS_RUN)
        sure = [row.path for row in view.table.rows if row.is_sure]
        save_binding(bench, FOR_THIS_RUN, view.table.approved(sure))
        yield bench.profile(FOR_THIS_RUN)


def require_servable(profile: Profile) -> None:
    """Raise StageError when the stage could not tell cases apart, or take any."""
    needed = {profile.roles[name] for name in ("case_key", "system_id")}
    unbound = [one for one in sorted(needed) if not profile.by_id[one].is_bound]
    if unbound:
        raise StageError("stage-variable-unbound", variables=", ".join(unbound))
    elements = ["/".join(leaf.path) for leaf in demanded(profile)]
    if elements:
        raise StageError("stage-element-unbound", elements=", ".join(elements))


def profile_for_contract(desk: Desk, wsdl: Path) -> Profile | None:
    """Return the profile that was made from this very WSDL, None when there is none.

    Those that came with the program are first. Raises ProfileError when the file cannot be read.
    """
    from app.workflow.profiles import profile_entries

    try:
        digest = sha256(wsdl.read_bytes()).hexdigest()
    except OSError:
        raise ProfileError("contract-missing", name=wsdl.name) from None
    whole = [one.id for one in profile_entries(desk) if one.problem is None]
    known = (desk.profile(one) for one in whole)
    return next((one for one in known if digest in one.digests.values()), None)
