"""What is known of authorities, with those of a test's own trees known by their fingerprints."""

from dataclasses import replace
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256

from app.core.authority import Authority, TrustFacts
from app.files.trust import NAME, read_trust
from tests.support.pki import Tree

_ROW = """
[[authority]]
id = "{one.id}"
name = "{one.name}"
sv = "{one.generation.sv}"
en = "{one.generation.en}"
test = {test}
live = {live}
root = {root}
succeeds = "{one.succeeds}"
fingerprints = ["{fingerprints}"]
revocation_hosts = ["{hosts}"]
source = "a test"
confidence = "assumed"
"""


def trust_of(*trees: Tree) -> TrustFacts:
    """Return the shipped facts, the trees' authorities being the ones of their names."""
    shipped = read_trust()
    known = tuple(replace(one, fingerprints=_of(one, trees)) for one in shipped.authorities)
    return replace(shipped, authorities=known)


def write_trust(folder: Path, *trees: Tree) -> Path:
    """Write a user's file that says the same, for programs that read it."""
    rows = [_row(one) for one in trust_of(*trees).authorities]
    path = folder / NAME
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def _of(known: Authority, trees: tuple[Tree, ...]) -> tuple[str, ...]:
    certificates = [one.certificate for tree in trees for one in (tree.root, tree.issuing)]
    own = [one for one in certificates if one.subject.rfc4514_string() == f"CN={known.name}"]
    return (*known.fingerprints, *(one.fingerprint(SHA256()).hex() for one in own))


def _row(one: Authority) -> str:
    flags = {name: str(getattr(one, name)).lower() for name in ("test", "live", "root")}
    prints, hosts = '", "'.join(one.fingerprints), '", "'.join(one.revocation_hosts)
    row = _ROW.format(one=one, fingerprints=prints, hosts=hosts, **flags)
    return row.replace('= [""]', "= []")
