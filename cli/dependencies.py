"""`manage.py audit-dependencies`: whether an installed package has a known vulnerability."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

ROOT = Path(__file__).parent.parent
REQUIREMENTS = ROOT / "requirements.txt"
KEPT = ROOT / "var" / "dependencies.json"
SECONDS = 20


@click.command("audit-dependencies")
@click.option("--anew", is_flag=True, help="Ask again, also when it was asked today.")
def audit_dependencies(anew: bool) -> None:
    """Ask the package index for known vulnerabilities of what requirements.txt pins.

    Exit code 1 where one is known; 0 with the reason where the index can't be asked. Asked once a
    day: the answer is kept in var/.
    """
    told = None if anew else kept_answer()
    if told is None:
        told = asked()
        if "reason" not in told:
            keep(told)
    lines = list(vulnerable(told))
    for line in lines:
        click.echo(line, err=True)
    click.echo(summary(told, len(lines)))
    if lines:
        raise SystemExit(1)


def asked() -> dict[str, Any]:
    """What pip-audit says, or `{"reason": …}` where it could not be asked."""
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--no-deps"]
    command += ["--requirement", str(REQUIREMENTS), "--format", "json", "--progress-spinner", "off"]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=SECONDS, cwd=ROOT, check=False
        )
    except subprocess.TimeoutExpired:
        return {"reason": f"the package index did not answer within {SECONDS} seconds"}
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        if "No module named pip_audit" in done.stderr:
            return {"reason": "pip-audit is not installed: it comes with requirements-dev.txt"}
        return {"reason": "the package index could not be asked"}
    return dict(answer) if isinstance(answer, dict) else {"reason": "the answer can't be read"}


def vulnerable(told: Mapping[str, Any]) -> Iterator[str]:
    """A line for each known vulnerability."""
    for package in told.get("dependencies", ()):
        for known in package.get("vulns", ()):
            fixed = ", ".join(known.get("fix_versions", ())) or "no version yet"
            yield f"{package['name']} {package['version']}: {known['id']}, fixed in {fixed}"


def summary(told: Mapping[str, Any], found: int) -> str:
    """One line that never says more than was asked."""
    if "reason" in told:
        return f"Dependencies: not audited, {told['reason']}."
    packages = told.get("dependencies", ())
    audited = [one for one in packages if "skip_reason" not in one]
    if not audited:
        return (
            f"Dependencies: not audited, this package index knows no advisories for any of "
            f"{len(packages)} packages. Run it where the public index can be asked."
        )
    skipped = len(packages) - len(audited)
    return (
        f"Dependencies: {len(audited)} audited, {found} known vulnerabilities"
        + (f", {skipped} unknown to the index" if skipped else "")
        + "."
    )


def kept_answer() -> dict[str, Any] | None:
    """Today's answer for these very requirements."""
    try:
        kept = json.loads(KEPT.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return dict(kept["told"]) if kept.get("for") == name_of_today() else None


def keep(told: Mapping[str, Any]) -> None:
    """For the next `make check` of the day."""
    KEPT.parent.mkdir(exist_ok=True)
    content = {"for": name_of_today(), "told": told}
    KEPT.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def name_of_today() -> str:
    """The day and the requirements."""
    sha256 = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    return f"{datetime.now(UTC).date()} {sha256}"
