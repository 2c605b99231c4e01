"""The command line in this process: exit code, stdout and stderr of one call."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.cli import options, program
from app.keystore.secrets import MemorySecrets
from app.workflow.desk import Desk


@dataclass(frozen=True)
class Said:
    """What one call said."""

    code: int
    out: str
    err: str


def command_line(capsys, monkeypatch, folder: Path) -> Callable[..., Said]:
    """Return a way to call the program on a folder of its own, with one memory as keystore."""
    secrets = MemorySecrets()
    folder.mkdir(parents=True, exist_ok=True)
    monkeypatch.setattr(options, "build_desk", lambda *_: Desk(folder, secrets))

    def call(*arguments: object) -> Said:
        capsys.readouterr()
        code = program.run([str(one) for one in arguments])
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    call.secrets = secrets
    call.folder = folder
    return call
