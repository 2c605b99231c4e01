"""What can go wrong, as codes; the sentence is made where it is shown.

WorkbenchError
├── ExportError       the hospital's files
├── ProjectError      the project file
├── ProfileError      the register profile
├── CertificateError  missing, unreadable, unfit
├── KeystoreError     the keystore of the operating system
├── JournalError      the encrypted journal
├── StageError        the local stage
├── GateClosed        a rule stopped the sending
├── TransportError
│   ├── NotSent       the register surely did not receive it
│   └── AnswerLost    we do not know whether the register received it
└── Cancelled         the user asked to stop
"""


class WorkbenchError(Exception):
    """Something went wrong: a code, and values that hold no patient data."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = {name: str(value) for name, value in values.items()}

    def __reduce__(self) -> tuple[object, ...]:
        """Let the error cross from a worker process with its values."""
        return _restore, (type(self), self.code, self.values)


def _restore(kind: type[WorkbenchError], code: str, values: dict[str, str]) -> WorkbenchError:
    return kind(code, **values)


class ExportError(WorkbenchError):
    """The hospital's export cannot be read or has changed shape."""


class ProjectError(WorkbenchError):
    """The project file cannot be read or written."""


class ProfileError(WorkbenchError):
    """The register profile is missing or contradicts itself."""


class CertificateError(WorkbenchError):
    """The client certificate is missing, unreadable or unfit for its use."""


class KeystoreError(WorkbenchError):
    """The keystore of the operating system is missing, locked or lossy."""


class JournalError(WorkbenchError):
    """The journal cannot be opened or written."""


class StageError(WorkbenchError):
    """The local stage cannot start or cannot be reached."""


class GateClosed(WorkbenchError):
    """A rule stopped the sending before anything left."""


class TransportError(WorkbenchError):
    """Talking to the register failed."""


class NotSent(TransportError):
    """The register surely did not receive the case."""


class AnswerLost(TransportError):
    """The connection broke after sending began: whether the register has the case is unknown."""


class Cancelled(WorkbenchError):
    """The user asked to stop."""

    def __init__(self, code: str = "cancelled", **values: object) -> None:
        super().__init__(code, **values)
