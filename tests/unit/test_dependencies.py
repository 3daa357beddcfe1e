"""The audit of dependencies fails on a known vulnerability, and never for want of a network."""

import json
from pathlib import Path
from subprocess import CompletedProcess, TimeoutExpired
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cli import dependencies

BAD = {"name": "somelib", "version": "1.0", "vulns": [{"id": "CVE-1", "fix_versions": ["1.1"]}]}
GOOD = {"name": "otherlib", "version": "2.0", "vulns": []}
UNKNOWN = {"name": "ourlib", "skip_reason": "Dependency not found on PyPI"}


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "var" / "dependencies.json"
    monkeypatch.setattr(dependencies, "KEPT", path)
    return path


def answers(monkeypatch: pytest.MonkeyPatch, *packages: Any, stdout: str | None = None) -> None:
    said = json.dumps({"dependencies": packages}) if stdout is None else stdout

    def run(*_: Any, **__: Any) -> CompletedProcess[str]:
        return CompletedProcess([], 0, said, "no network")

    monkeypatch.setattr("subprocess.run", run)


def audited(*options: str) -> Result:
    return CliRunner().invoke(dependencies.audit_dependencies, options)


def test_a_known_vulnerability_fails_with_its_name_and_the_way_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers(monkeypatch, BAD, GOOD)
    result = audited()
    assert result.exit_code == 1
    assert "somelib 1.0: CVE-1, fixed in 1.1" in result.output


def test_what_the_index_does_not_know_is_said_and_not_called_safe(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers(monkeypatch, GOOD, UNKNOWN)
    assert "1 audited, 0 known vulnerabilities, 1 unknown" in audited().output
    answers(monkeypatch, UNKNOWN)
    result = audited("--anew")
    assert result.exit_code == 0
    assert "not audited, this package index knows no advisories" in result.output


@pytest.mark.parametrize("kind", ["no answer", "too slow"])
def test_without_a_network_it_holds_nothing_up(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if kind == "no answer":
        answers(monkeypatch, stdout="")
    else:

        def run(*_: Any, **__: Any) -> CompletedProcess[str]:
            raise TimeoutExpired("pip-audit", 20)

        monkeypatch.setattr("subprocess.run", run)
    result = audited()
    assert result.exit_code == 0
    assert "not audited" in result.output


def test_it_is_asked_once_a_day_for_the_same_requirements(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answers(monkeypatch, GOOD)
    audited()
    answers(monkeypatch, BAD)
    assert audited().exit_code == 0, "the answer of this morning"
    assert audited("--anew").exit_code == 1
    other = tmp_path / "requirements.txt"
    other.write_text("otherlib==2.1\n")
    monkeypatch.setattr(dependencies, "REQUIREMENTS", other)
    answers(monkeypatch, GOOD)
    assert audited().exit_code == 0, "other requirements are asked for anew"
