"""Whoever runs `make run` on a bare machine is told in one sentence what is missing."""

import subprocess
import sys
from pathlib import Path

import pytest

import install

COMPILER = "there is no compiler"
NETWORK = "No network"
FAILURES = [
    ("error: command 'gcc' failed: No such file or directory", COMPILER),
    ("unable to execute 'x86_64-linux-gnu-gcc': No such file or directory", COMPILER),
    ("error: [Errno 2] No such file or directory: 'cc'", COMPILER),
    ("foo.c:1:10: fatal error: Python.h: No such file or directory", "headers are missing"),
    ("NewConnectionError: Failed to establish a new connection: [Errno -3]", NETWORK),
    ("ERROR: Could not install packages: [Errno 28] No space left on device", "disk is full"),
    ("OSError: [Errno 13] Permission denied: '/x'", "No permission"),
    ("ERROR: No matching distribution found for scipy==9", "has no scipy for Python"),
    ("ERROR: Something {else}", "Something {else}"),
]


@pytest.mark.parametrize(("log", "expected"), FAILURES)
def test_a_failed_installation_says_what_to_do(log: str, expected: str) -> None:
    sentence = install.explain_pip(f"Collecting scipy\n{log}\n  Rolling back\n")
    assert expected in sentence
    assert "var/install.log" in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize(
    "line",
    [
        "ERROR: Failed building wheel for rapidfuzz",
        "ERROR: Failed to build installable wheels for some projects (rapidfuzz)",
        "ERROR: Failed to build 'rapidfuzz' when getting requirements to build wheel",
    ],
)
def test_the_package_to_compile_is_named(line: str) -> None:
    sentence = install.explain_pip(f"error: command 'gcc' failed: No such file\n{line}\n")
    assert sentence.startswith("rapidfuzz has to be compiled")


def test_a_named_browser_is_preferred(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "my-chromium"
    program.write_text("#!/bin/sh\nexit 0\n")
    program.chmod(0o755)
    monkeypatch.setenv("MIGRATION_CHROMIUM", str(program))
    assert install.find_chromium() == str(program)


@pytest.mark.skipif(sys.platform == "darwin", reason="looks into /Applications too")
def test_a_browser_that_does_not_start_is_passed_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MIGRATION_CHROMIUM", str(tmp_path / "missing"))
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    assert install.find_chromium() is None


def test_an_unknown_part_is_refused_in_a_sentence() -> None:
    done = subprocess.run(
        [sys.executable, install.__file__, "everything"], capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "run|dev|bench|browser" in done.stderr


@pytest.mark.parametrize(
    ("installed", "serves"),
    [("run", ["run"]), ("dev", ["run", "dev"]), ("bench", ["run", "dev", "bench"])],
)
def test_a_larger_environment_serves_the_smaller_ones(
    installed: str, serves: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").touch()
    monkeypatch.setattr(install, "VENV", tmp_path)
    install.write_stamp(installed)
    assert [kind for kind in install.REQUIREMENTS if install.is_stamped(kind)] == serves


def test_each_environment_pins_everything_of_the_one_before() -> None:
    before: set[str] = set()
    for path in install.REQUIREMENTS.values():
        pins = {line for line in path.read_text().splitlines() if line and line[0] not in "# "}
        assert before <= pins
        before = pins
