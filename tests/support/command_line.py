"""The command line in this process: exit code, stdout and stderr of one call."""

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


class CommandLine:
    """Calls the program on a folder of its own, with one memory as its keystore."""

    def __init__(self, capsys, monkeypatch, folder: Path) -> None:
        self._capsys = capsys
        self.folder = folder
        self.secrets = MemorySecrets()
        folder.mkdir(parents=True, exist_ok=True)
        monkeypatch.setattr(options, "build_desk", lambda *_: Desk(folder, self.secrets))

    def __call__(self, *arguments: object) -> Said:
        self._capsys.readouterr()
        code = program.run([str(one) for one in arguments])
        said = self._capsys.readouterr()
        return Said(code, said.out, said.err)
