"""The files we ship are found in a checkout, and stand inside a built wheel."""

import subprocess
import sys
import zipfile
from pathlib import Path

from app.assets import RESOURCES, SCHEMAS

ROOT = Path(__file__).parent.parent
LOOK = (
    "from app.assets import RESOURCES, SCHEMAS; from app.files.profile import load_shipped;"
    "print(RESOURCES); print(SCHEMAS); print(load_shipped('spor-4.1').id);"
    "print((RESOURCES / 'sample' / 'sample.sporproject').is_file());"
    "print((RESOURCES / 'i18n' / 'sv.po').is_file())"
)


def test_a_checkout_finds_what_we_ship():
    assert (SCHEMAS / "spor-4.1" / "RegistrationService.wsdl").is_file()
    assert (RESOURCES / "sample" / "sample.sporproject").is_file()


def test_a_built_wheel_finds_what_we_ship(tmp_path):
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path)]
    subprocess.run([*build, str(ROOT)], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    inside = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(inside)
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(inside)!r}); {LOOK}"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    resources, schemas, profile, *found = done.stdout.split("\n")[:5]
    assert Path(resources) == inside / "app" / "resources"
    assert Path(schemas) == inside / "app" / "schemas"
    assert [profile, *found] == ["spor-4.1", "True", "True"]


def test_the_wheel_holds_no_tests_and_no_machine_scripts(tmp_path):
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path)]
    subprocess.run([*build, str(ROOT)], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"app"}
