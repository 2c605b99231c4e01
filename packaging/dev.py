"""Set up a fresh machine and run or test SPOR Workbench; needs nothing but Python 3.11-3.13.

python3 packaging/dev.py run          the program on the sample hospital and the local stage
python3 packaging/dev.py test [ARG…]  every check and test; ARGs go to pytest and skip the rest
python3 packaging/dev.py setup        only the set-up
python3 packaging/dev.py translate    gather new texts into the Swedish catalogue
python3 packaging/dev.py lock         renew the locked versions
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
LOCK = ROOT / "packaging" / "requirements.lock"
STAMP = VENV / "installed.sha256"
CATALOGUE = ROOT / "resources" / "i18n" / "sv.po"
Command = list[str | Path]
RUNNABLE = ((3, 11), (3, 14))

# library -> Debian package, for the ones Qt loads by name; found on an empty Debian 12
RUN_PACKAGES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-randr.so.0": "libxcb-randr0",
}
FONT_PACKAGE = "fonts-dejavu-core"
# command -> Debian package, for the tests
TEST_PACKAGES = {
    "Xvfb": "xvfb",
    "dbus-run-session": "dbus-daemon",
    "gnome-keyring-daemon": "gnome-keyring",
    "xmllint": "libxml2-utils",
    "softhsm2-util": "softhsm2",
    "strace": "strace",
    "apache2": "apache2-bin",
}


def main(arguments: Sequence[str]) -> int:
    """Do what the first argument names."""
    deeds = {"run": run, "test": test, "setup": set_up, "translate": translate, "lock": lock}
    if not arguments or arguments[0] not in deeds:
        print(__doc__)
        return 2
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr] # keeps the order
    if not RUNNABLE[0] <= sys.version_info[:2] < RUNNABLE[1]:
        print(f"Python 3.11, 3.12 or 3.13 is needed; this is {sys.version.split()[0]}.")
        return 2
    return deeds[arguments[0]](list(arguments[1:]))


def run(arguments: list[str]) -> int:
    """Open the program on the sample hospital; without a display do the whole journey."""
    make_environment()
    install_system_packages(missing_libraries())
    if has_display():
        return call([PYTHON, "-m", "app", "--sample", *arguments])
    out = ROOT / "out" / "demo"
    print("There is no display here, so the whole journey is run and pictured instead.\n")
    return call([PYTHON, "-m", "app", "demo", "--out", out, *arguments], extra=offscreen())


def test(arguments: list[str]) -> int:
    """Run every check and test; with arguments only pytest with them."""
    make_environment()
    install_system_packages([*missing_libraries(), *missing_commands()])
    unpack_nginx()
    checks: list[Command] = [
        [SCRIPTS / "ruff", "check", "."],
        [SCRIPTS / "ruff", "format", "--check", "."],
        [SCRIPTS / "mypy"],
        [SCRIPTS / "lint-imports"],
        [PYTHON, "-m", "build", "--wheel", "--no-isolation", "--outdir", ROOT / "dist", ROOT],
    ]
    for check in [] if arguments else checks:
        print(
            f"\n== {Path(check[0]).stem} {' '.join(str(part) for part in check[1:3])}", flush=True
        )
        if call(check):
            return 1
    print("\n== pytest", flush=True)
    if arguments:
        return call_tests(arguments)
    covered = ["--cov=app", "--cov-branch", "--cov-report=", "--durations=10"]
    # One keystore serves the whole session, and its tests lock it: they run alone.
    # In the order of the folders: the long runs of end_to_end come early and end together.
    workers = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
    together = [*covered, *workers, "-m", "not keystore"]
    alone = [*covered, "--cov-append", "-m", "keystore"]
    return call_tests(together) or call_tests(alone) or cover()


def cover() -> int:
    """Hold the floor of branch coverage where the meaning lives."""
    rooms = "app/core/*,app/engine/*,app/workflow/*"
    print("\n== coverage of core, engine and workflow", flush=True)
    report: Command = [PYTHON, "-m", "coverage", "report", f"--include={rooms}", "--skip-covered"]
    return call([*report, "--fail-under=95"])


def set_up(_: list[str]) -> int:
    """Make the environment and install what is missing on the system."""
    make_environment()
    install_system_packages([*missing_libraries(), *missing_commands()])
    unpack_nginx()
    return 0


def translate(_: list[str]) -> int:
    """Gather every marked text into the Swedish catalogue; new ones come out untranslated."""
    make_environment()
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "messages.pot"
        babel = SCRIPTS / "pybabel"
        keywords = ["-k", "N_", "--no-location", "--sort-output"]
        extract: Command = [babel, "-q", "extract", *keywords, "-o", template, ROOT / "app"]
        call(extract)
        update: Command = [
            "-i",
            template,
            "-o",
            CATALOGUE,
            "-l",
            "sv",
            "--no-fuzzy-matching",
            "-w",
            "100",
        ]
        return call(
            [babel, "-q", "update", *update, "--ignore-obsolete", "--ignore-pot-creation-date"]
        )


def lock(_: list[str]) -> int:
    """Resolve the newest allowed versions for every system and Python, with hashes."""
    make_environment()
    call([PYTHON, "-m", "pip", "install", "--quiet", "uv"])
    options = ["--universal", "--generate-hashes", "--python-version", "3.11", "--group", "dev"]
    plain: Command = ["--no-header", "--no-emit-index-url", "--quiet", "--upgrade", "-o", LOCK]
    return call([SCRIPTS / "uv", "pip", "compile", *options, *plain, ROOT / "pyproject.toml"])


def make_environment() -> None:
    """Make .venv with the locked packages; quick when nothing has changed."""
    wanted = hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text() == wanted:
        return
    print("Setting up .venv with the locked packages …", flush=True)
    if not PYTHON.exists():
        make_venv()
    pip: Command = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "-qq"]
    plainly([*pip, "--require-hashes", "-r", LOCK], "The locked packages could not be installed.")
    plainly(
        [*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT],
        "The program itself could not be installed.",
    )
    STAMP.write_text(wanted)


def make_venv() -> None:
    """Make the empty environment; on Debian this may need python3-venv first."""
    made = subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, check=False)
    if made.returncode == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    install_system_packages([f"python3.{sys.version_info.minor}-venv"])
    plainly([sys.executable, "-m", "venv", VENV], "Python could not make .venv.")


def missing_libraries() -> list[str]:
    """Name the Debian packages whose libraries Qt would miss."""
    if not on_debian():
        return []
    known = subprocess.run(
        ["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=False
    ).stdout
    missing = [package for library, package in RUN_PACKAGES.items() if f"{library} " not in known]
    if not Path("/usr/share/fonts/truetype/dejavu").is_dir():
        missing.append(FONT_PACKAGE)
    return missing


def missing_commands() -> list[str]:
    """Name the Debian packages whose commands the tests would miss."""
    if not on_debian():
        return []
    return [package for command, package in TEST_PACKAGES.items() if not found(command)]


def found(command: str) -> str | None:
    """Return where a command lies, also one that is meant for administrators."""
    return shutil.which(command, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin")


def unpack_nginx() -> None:
    """Put a real nginx for the tests into .venv; installed, it would also start and listen."""
    if not on_debian() or found("nginx") or (VENV / "nginx").is_dir():
        return
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["apt-get", "download", "-qq", "nginx"],
            cwd=folder,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        for package in Path(folder).glob("nginx_*.deb"):
            call(["dpkg-deb", "-x", package, VENV / "nginx"])


def install_system_packages(packages: list[str]) -> None:
    """Install Debian packages when we may, else say the exact line to type."""
    if not packages:
        return
    line = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    as_root = os.name != "nt" and os.geteuid() == 0
    if not as_root:
        print(f"These system packages are missing; install them with:\n  sudo {' '.join(line)}")
        return
    print(f"Installing {' '.join(packages)} …", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], [*line, "-qq"]):
        done = subprocess.run(command, env=environment, capture_output=True, check=False)
        if done.returncode:
            print(f"That did not work; as root type:\n  {' '.join(line)}")
            return


def call_tests(arguments: list[str]) -> int:
    """Run pytest with a real Secret Service and a virtual display where there are such."""
    command: Command = [PYTHON, "-m", "pytest", *arguments]
    if sys.platform != "linux" or not shutil.which("dbus-run-session"):
        return call(command)
    with tempfile.TemporaryDirectory() as home:
        private = dict.fromkeys(("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), home)
        private |= {"XDG_RUNTIME_DIR": home, "SPOR_TEST_KEYSTORE": "1", **offscreen()}
        unlock = 'printf "%s" "$0" | gnome-keyring-daemon --unlock --components=secrets'
        script = f'{unlock} >/dev/null 2>&1; exec "$@"'
        session = ["dbus-run-session", "--", "bash", "-c", script, "a password of the tests"]
        return call([*session, *command], extra=private)


def offscreen() -> dict[str, str]:
    """Let Qt draw without a display."""
    return {"QT_QPA_PLATFORM": "offscreen"}


def has_display() -> bool:
    """Whether a window can be shown."""
    return sys.platform != "linux" or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


def on_debian() -> bool:
    """Whether this is Debian or a relative, with apt."""
    return sys.platform == "linux" and shutil.which("apt-get") is not None


def plainly(command: Sequence[str | Path], sentence: str) -> None:
    """Run a command or leave with a sentence."""
    if call(command):
        raise SystemExit(sentence)


def call(command: Sequence[str | Path], extra: dict[str, str] | None = None) -> int:
    """Run a command from the top of the project and return its exit code."""
    environment = os.environ | (extra or {})
    try:
        return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
