"""Prepare this project where there is only Python: `python3 install.py run|dev|bench|browser`.

Standard library only, and readable by old Pythons up to the version check, so that they get a
sentence instead of a syntax error.
"""

import contextlib
import glob
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

if sys.version_info < (3, 11):
    sys.exit(
        "Python 3.11 or newer is needed, but {} is Python {}. Install a newer one and name it: "
        "make run PYTHON=python3.12".format(sys.executable, sys.version.split()[0])
    )

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
VAR = ROOT / "var"
LOG = VAR / "install.log"
BROWSER_NOTE = VAR / "browser.json"
REQUIREMENTS = {
    "run": ROOT / "requirements.txt",
    "dev": ROOT / "requirements-dev.txt",
    "bench": ROOT / "requirements-bench.txt",
}

# What pip's log says when something is missing, and the sentence for the person at the terminal.
PIP_FAILURES = (
    (
        r"No space left on device",
        "The disk is full: free some space and run this again.",
    ),
    (
        r"Permission denied|Read-only file system",
        "No permission to write into {venv}: run this as the owner of {root}.",
    ),
    (
        r"Python\.h: No such file",
        "{package} has to be compiled and Python's headers are missing: install them "
        "(on Debian: apt-get install python3-dev) and run this again.",
    ),
    (
        r"(unable to execute|command) '?[\w./-]*(cc|clang|\+\+)'?( failed: No such file|:)"
        r"|No such file or directory: '[\w./-]*(cc|clang|\+\+)'"
        r"|Unknown compiler|No CMAKE_C(XX)?_COMPILER|can't find Rust compiler"
        r"|Visual C\+\+ .* required",
        "{package} has to be compiled on this machine and there is no compiler: install one "
        "(on Debian: apt-get install build-essential python3-dev) and run this again.",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED",
        "The package index cannot be trusted from here (its certificate is not known to this "
        "machine): install the certificates of your network or set PIP_CERT.",
    ),
    (
        r"name resolution|Name or service not known|nodename nor servname|getaddrinfo failed"
        r"|Failed to establish a new connection|Network is unreachable|ConnectTimeoutError"
        r"|ReadTimeoutError|Read timed out|ProxyError|Connection refused",
        "No network: the Python packages could not be downloaded. Connect to the internet (or set "
        "PIP_INDEX_URL to your mirror) and run this again.",
    ),
    (
        r"No matching distribution found for (?P<package>[\w.-]+)",
        "The package index has no {package} for Python {python} on this machine; a newer Python "
        "may help: make run PYTHON=python3.12",
    ),
)


class CannotInstall(Exception):
    """Carries the one sentence shown to the person at the terminal."""


def say(text, end="\n"):
    print(text, end=end, flush=True)


# --- the environment -------------------------------------------------------------------------


def prepare(kind):
    """Bring .venv to exactly what the requirements file of this kind pins."""
    make_var()
    with one_at_a_time():
        if is_stamped(kind):
            return
        create_venv()
        if not is_satisfied(kind):
            if VENV.is_symlink():
                raise CannotInstall(
                    f".venv is a link to {VENV.resolve()}, which does not hold what "
                    f"{REQUIREMENTS[kind].name} pins: update that environment or remove the link."
                )
            install(kind)
        write_stamp(kind)


def make_var():
    try:
        VAR.mkdir(exist_ok=True)
        probe = VAR / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise CannotInstall(
            f"No permission to write into {VAR} ({error.strerror}): run this as the owner of "
            f"{ROOT}, or copy the project to a directory of your own."
        ) from error


@contextlib.contextmanager
def one_at_a_time():
    """`make run` and `make test` started together must not build the same environment twice."""
    try:
        import fcntl
    except ImportError:  # not on Windows
        yield
        return
    with (VAR / "install.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("Waiting for another installation in this directory to finish.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def venv_python():
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def fingerprint(kind):
    content = REQUIREMENTS[kind].read_bytes() + sys.version.encode()
    return hashlib.sha256(content).hexdigest()


def is_stamped(kind):
    """Each environment contains the ones before it, so a larger one's stamp serves too."""
    if not venv_python().exists():
        return False
    kinds = list(REQUIREMENTS)
    for candidate in kinds[kinds.index(kind) :]:
        stamp = VENV / f".installed-{candidate}"
        if stamp.exists() and stamp.read_text().strip() == fingerprint(candidate):
            return True
    return False


def write_stamp(kind):
    with contextlib.suppress(OSError):  # a linked environment may be read-only
        (VENV / f".installed-{kind}").write_text(fingerprint(kind) + "\n")


def create_venv():
    if venv_python().exists() and runs([venv_python(), "-c", "import pip"]):
        return
    if VENV.is_symlink():
        raise CannotInstall(f".venv is a link to {os.readlink(VENV)}, where no Python runs.")
    say(f"Creating the virtual environment .venv with Python {sys.version.split()[0]}")
    done = run_venv()
    if done.returncode and "ensurepip" in done.stdout + done.stderr:
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        if apt_install(package):
            done = run_venv()
        else:
            raise CannotInstall(
                f"This Python lacks its venv module: install it (on Debian: apt-get install "
                f"{package}) and run this again."
            )
    if done.returncode:
        reason = last_line(done.stderr or done.stdout)
        if "Permission denied" in reason or "Read-only" in reason:
            reason = f"no permission to write into {ROOT}"
        raise CannotInstall(f"The virtual environment could not be created: {reason}")


def run_venv():
    return capture([sys.executable, "-m", "venv", "--clear", VENV])


CHECK_PINS = """
import importlib.metadata as metadata, sys
from pip._vendor.packaging.requirements import Requirement
for line in open(sys.argv[1], encoding="utf-8"):
    line = line.split("#")[0].strip()
    if line:
        asked = Requirement(line)
        if asked.marker is None or asked.marker.evaluate():
            if not asked.specifier.contains(metadata.version(asked.name), prereleases=True):
                sys.exit(1)
"""


def is_satisfied(kind):
    return runs([venv_python(), "-c", CHECK_PINS, REQUIREMENTS[kind]])


def install(kind):
    """Run plain pip, its whole log in var/install.log and one moving line on the screen."""
    requirements = REQUIREMENTS[kind]
    pins = re.findall(r"(?m)^[A-Za-z0-9]", requirements.read_text(encoding="utf-8"))
    LOG.unlink(missing_ok=True)
    command = [venv_python(), "-m", "pip", "install", "--disable-pip-version-check", "-q"]
    command += ["--no-input", "--log", LOG, "-r", requirements]
    start = time.monotonic()
    pip = subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        watch(pip, f"Installing the packages of {requirements.name}", len(pins))
    except KeyboardInterrupt:
        pip.terminate()
        raise
    if pip.returncode:
        raise CannotInstall(explain_pip(read_log()))
    say(f"Installed the packages of {requirements.name} in {time.monotonic() - start:.0f} s")


def watch(process, title, total):
    terminal = sys.stdout.isatty()
    if not terminal:
        say(title)
    while process.poll() is None:
        if terminal:
            log = read_log()
            found = min(total, len(re.findall(r"(?m)Collecting [\w.-]+==", log)))
            step = "unpacking" if "Installing collected packages" in log else "downloading"
            say(f"\r{title}: {step} {found} of {total} ", end="")
        time.sleep(0.3)
    if terminal:
        say("\r" + " " * 78, end="\r")


def read_log():
    try:
        return LOG.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def explain_pip(log):
    """The sentence for a failed pip, with where the full log is."""
    package = (
        re.search(r"Failed building wheel for ([\w.-]+)", log)
        or re.search(r"Failed to build installable wheels for .*\(([\w.-]+)", log)
        or re.search(r"Failed to build '?(?!installable)([\w.-]+)", log)
    )
    words = {
        "package": package.group(1) if package else "A package",
        "venv": VENV,
        "root": ROOT,
        "python": ".".join(map(str, sys.version_info[:2])),
    }
    for pattern, known in PIP_FAILURES:
        match = re.search(pattern, log)
        if match:
            words.update({name: value for name, value in match.groupdict().items() if value})
            sentence = known.format(**words)
            break
    else:
        errors = re.findall(r"ERROR: (.+)", log)
        sentence = f"pip could not install the packages: {last_line(errors[-1] if errors else '')}"
    return f"{sentence} (pip's log: {LOG.relative_to(ROOT)})"


# --- the browser for the browser tests -------------------------------------------------------

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
DOWNLOADS = (
    "chromium_headless_shell-*/chrome-*/headless_shell",
    "chromium_headless_shell-*/chrome-*/chrome-headless-shell",
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/Chromium.app/Contents/MacOS/Chromium",
)


def find_chromium():
    """Path of a Chromium that starts, or None."""
    for path in chromium_candidates():
        if runs([path, "--version"], timeout=30):
            return str(path)
    return None


def chromium_candidates():
    named = os.environ.get("MIGRATION_CHROMIUM")
    if named:
        yield named
    for program in PROGRAMS:
        found = shutil.which(program)
        if found:
            yield found
    mac = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
    if mac.exists():
        yield mac
    folder = Path(
        os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
        or Path.home()
        / ("Library/Caches" if sys.platform == "darwin" else ".cache")
        / "ms-playwright"
    )
    for pattern in DOWNLOADS:
        for found in sorted(glob.glob(str(folder / pattern)), reverse=True):
            yield found


def prepare_browser():
    """Find or fetch a Chromium; without one, leave the reason for the skipped browser tests."""
    make_var()
    reasons = []
    executable = find_chromium()
    for fetch in (fetch_from_debian, fetch_from_playwright):
        if executable:
            break
        reason = fetch()
        executable = find_chromium()
        if not executable:
            reasons.append(reason or "what was installed does not start")
    note = {"executable": executable, "reason": None if executable else "; ".join(reasons)}
    BROWSER_NOTE.write_text(json.dumps(note, indent=1) + "\n", encoding="utf-8")
    if executable:
        say(f"Browser tests use {executable}")
    else:
        say(f"Browser tests will be skipped, no Chromium: {note['reason']}")


def why_no_browser():
    """The reason that `install.py browser` left, for the skip message."""
    try:
        reason = json.loads(BROWSER_NOTE.read_text(encoding="utf-8"))["reason"]
    except (OSError, ValueError, KeyError):
        reason = None
    return reason or "no Chromium found; `make browser` fetches one"


def fetch_from_debian():
    if apt_install("chromium"):
        apt_install("fonts-noto-color-emoji")  # for the icons of the screens in pictures
        return None
    return "not installed from Debian (needs root, apt-get and a package called chromium)"


def fetch_from_playwright():
    if not runs([venv_python(), "-c", "import playwright"]):
        return "Playwright is not installed"
    say("Downloading Chromium by Playwright")
    done = capture([venv_python(), "-m", "playwright", "install", "chromium"], timeout=900)
    if done.returncode == 0:
        return None
    return "Playwright could not download it: " + last_line(done.stderr or done.stdout)


# --- running other programs ------------------------------------------------------------------


def apt_install(package):
    """Install a Debian package where that needs no questions: root on a Debian-like system."""
    if not shutil.which("apt-get") or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    say(f"Installing {package} from Debian's packages")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    capture(["apt-get", "update", "-q"], env=env, timeout=600)
    command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", package]
    return capture(command, env=env, timeout=1800).returncode == 0


def capture(command, timeout=600, env=None):
    command = [str(part) for part in command]
    try:
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=timeout,
            env=env,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return subprocess.CompletedProcess(command, 1, "", str(error))


def runs(command, timeout=60):
    return capture(command, timeout=timeout).returncode == 0


def last_line(text):
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no reason was given"


def main(arguments):
    tasks = {
        "run": lambda: prepare("run"),
        "dev": lambda: prepare("dev"),
        "bench": lambda: prepare("bench"),
        "browser": prepare_browser,
    }
    if len(arguments) != 1 or arguments[0] not in tasks:
        return "Say which part to prepare: python3 install.py run|dev|bench|browser"
    try:
        tasks[arguments[0]]()
    except CannotInstall as problem:
        return str(problem)
    except KeyboardInterrupt:
        return "Stopped. Run this again to go on."
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
