"""Sends with a certificate on a token, in a process of its own: the deeds that the window does.

Told on stdin as JSON, because a PIN on a command line could be seen by everybody.
"""

import json
import sys
from pathlib import Path

from app.main import build_desk
from app.workflow.analyse import analyse
from app.workflow.certify import choose_certificate
from app.workflow.projects import open_project
from app.workflow.send import plan_sending, send
from app.workflow.tokens import token_certificates, use_token_certificate


def main() -> None:
    told = json.load(sys.stdin)
    desk = build_desk(Path(told["data"]))
    try:
        (found,) = token_certificates(desk, "token", told["module"], told["pin"])
        kept = use_token_certificate(desk, found, told["pin"])
        choose_certificate(desk, kept.certificates[0].id, ("local",))
        opened = open_project(desk, told["project"])
        analyse(desk, opened.project, str(Path(told["project"]).parent))
        plan = plan_sending(desk, opened.project, tuple(told["cases"]), "local")
        shut = [gate.code for gate in plan.gates if not gate.is_open]
        report = None if shut else send(desk, plan)
    finally:
        desk.close()
    accepted = 0 if report is None else sum(one.kind.accepted for one in report.outcomes)
    said = {"accepted": accepted, "shut": shut, "certificate": found.certificate.fingerprint}
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    main()
