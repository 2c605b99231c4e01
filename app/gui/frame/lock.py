"""Who may change a project: the window that opened it first; a lock file beside it says which."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QSysInfo, Signal

from app.disk import behind, is_there
from app.gui.document import Document
from app.gui.frame.messages import Messages
from app.language.text import _


@dataclass(frozen=True, slots=True)
class Holder:
    """The program that has a project open."""

    host: str
    process: int


class ProjectLock(QObject):
    """Keeps the lock of the open project; without it the project is read-only here.

    A lock whose program has ended is taken over. Where nothing can be written there is no lock,
    and nothing is lost by it: the project cannot be saved there either.
    """

    taken = Signal()  # the open project may be changed here, and nowhere else

    def __init__(self, document: Document, messages: Messages, parent: QObject) -> None:
        super().__init__(parent)
        self.holder: Holder | None = None  # who else has the project open
        self._document = document
        self._messages = messages
        self._lock: QLockFile | None = None
        self._path = ""
        document.opened.connect(self.follow)
        document.saved.connect(self.follow)
        document.refused.connect(self._refuse)

    def follow(self) -> None:
        """Lock the project that is open now, and let go of the former one."""
        path = self._document.path
        if path == self._path and self._lock is not None:
            return
        self.release()
        self._path = path
        self._document.set_read_only(not self._take(path))
        if self._lock is not None:
            self.taken.emit()

    def release(self) -> None:
        """Let others change the project."""
        if self._lock is not None:
            self._lock.unlock()
        self._lock, self._path, self.holder = None, "", None

    def _take(self, path: str) -> bool:
        """Take the lock; return whether the project may be changed here."""
        if not path or not is_there(Path(path).parent):
            return True
        lock = _lock_of(path)
        if lock.tryLock(0):
            self._lock = lock
            return True
        if lock.error() == QLockFile.LockError.LockFailedError:
            self.holder = _holder(lock)
            self._messages.show(self.sentence(), "note")
            return False
        folder = Path(path).parent.name
        self._messages.show(
            _(
                "Nothing can be written to the folder {folder}: changes are not kept by themselves,"
                " and others may open the project too. Save it elsewhere."
            ).format(folder=folder)
        )
        return True

    def sentence(self) -> str:
        """Return who has the project open, and what can be done."""
        host = self.holder.host if self.holder else ""
        told = _(
            "The project is open in another window, on {computer}. Here it is read-only; save a"
            " copy to change that."
        ).format(computer=host or _("another computer"))
        if host == QSysInfo.machineHostName():
            return told
        left = _("If nobody has it open there any more, remove {file} beside it and open it again.")
        return f"{told} {left.format(file=_place(self._path).name)}"

    def _refuse(self) -> None:
        self._messages.show(self.sentence(), "blocks")


def holder_of(path: str) -> Holder | None:
    """Return who else has a project open, None when nobody has."""
    if not is_there(Path(path).parent):
        return None
    lock = _lock_of(path)
    if lock.tryLock(0):
        lock.unlock()
        return None
    failed = lock.error() == QLockFile.LockError.LockFailedError
    return _holder(lock) if failed else None


def _lock_of(path: str) -> QLockFile:
    lock = QLockFile(str(_place(path)))
    lock.setStaleLockTime(0)  # age says nothing: a project may be open for days
    return lock


def _place(path: str) -> Path:
    project = behind(Path(path))
    return project.with_name(f".{project.name}.lock")


def _holder(lock: QLockFile) -> Holder:
    process, host, _name = lock.getLockInfo()
    return Holder(host, process)
