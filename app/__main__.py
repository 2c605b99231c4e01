"""The program: a command does its deed, everything else opens the window."""

import sys


def main() -> int:
    """Run the program and return its exit code."""
    from app.cli.program import run
    from app.keystore.hardening import forbid_core_dumps

    forbid_core_dumps()
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
