"""The environment variables that hold a secret for one run; no process that we start gets them."""

import os

PASSWORD = "SPOR_WORKBENCH_P12_PASSWORD"  # noqa: S105 - the name of an environment variable
PASSPHRASE = "SPOR_WORKBENCH_PASSPHRASE"  # noqa: S105 - as above
PIN = "SPOR_WORKBENCH_PIN"


def without_secrets() -> dict[str, str]:
    """Return the environment that a process of ours is started with."""
    return {
        name: value for name, value in os.environ.items() if name not in {PASSWORD, PASSPHRASE, PIN}
    }
