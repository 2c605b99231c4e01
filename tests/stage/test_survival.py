"""A stage that is killed in the middle of its work loses nothing that it has answered."""

import json
import subprocess
import sys
from pathlib import Path

from app.stage.server import LocalStage
from tests.support.stage import PASSPHRASE, client_of, request

PROGRAM = """
import json, sys
from pathlib import Path
from app.files.profile import load_shipped
from app.stage.server import LocalStage
with LocalStage(Path(sys.argv[1]), load_shipped("spor-4.1"), sys.argv[2]) as stage:
    print(json.dumps(stage.line()), flush=True)
    stage.serve_until_stopped()
"""


class _Elsewhere:
    """What a client needs to know of a stage in another process."""

    def __init__(self, line: dict[str, str]) -> None:
        self.endpoint = line["endpoint"]
        self.ca = Path(line["ca"])
        self.certificate = Path(line["certificate"])
        self.certificate_password = line["password"]


def test_what_was_answered_survives_a_kill(folder, profile, tmp_path):
    command = [sys.executable, "-c", PROGRAM, str(folder), PASSPHRASE]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = json.loads(process.stdout.readline())
        with client_of(_Elsewhere(line), tmp_path) as client:
            answered = [client.send(request(str(number))).result[0] for number in range(20)]
            process.kill()
            process.wait(10)
    assert set(answered) == {"OK"}
    with LocalStage(folder, profile, PASSPHRASE) as stage:
        assert stage.count() == 20
        assert all(stage.stored(str(number)) for number in range(20))
