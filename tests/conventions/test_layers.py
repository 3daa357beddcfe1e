"""Who may import whom; the contracts are in pyproject.toml."""

import ast
import subprocess
import sys

import pytest

from tests.conventions.tree import ROOT, parsed

LINT = "import importlinter.cli; importlinter.cli.lint_imports_command()"


def test_the_layers_hold() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LINT, "--no-logo", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_launcher_knows_no_tables() -> None:
    launcher = ROOT / "app.py"
    if not launcher.exists():
        pytest.skip("there is no app.py yet")
    imported = {
        name.split(".")[0]
        for node in ast.walk(parsed(launcher))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else names_of(node))
    }
    assert not imported & {"db", "matching", "pages"}


def names_of(node: ast.Import) -> list[str]:
    return [alias.name for alias in node.names]


def test_no_module_of_the_screens_is_called_like_a_layer() -> None:
    """Streamlit puts `ui/` on the path: `ui/documents` would be found in place of `documents`."""
    layers = {path.name for path in ROOT.iterdir() if (path / "__init__.py").exists()}
    assert not layers & {path.stem for path in (ROOT / "ui").iterdir()}
