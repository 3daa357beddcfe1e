"""Names that must not hide another module."""

import sys
from importlib.machinery import PathFinder
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_no_module_beside_the_router_hides_an_installed_one() -> None:
    """Streamlit puts the router's folder first on the path: `ui/requests.py` is then `requests`."""
    packages = [path for path in sys.path if "site-packages" in path]
    beside = {path.stem for path in (ROOT / "ui").iterdir() if path.suffix == ".py"} | {
        path.name for path in (ROOT / "ui").iterdir() if (path / "__init__.py").exists()
    }
    hidden = {name for name in beside if PathFinder.find_spec(name, packages)}
    assert hidden | (beside & sys.stdlib_module_names) - {"__init__"} == set()
