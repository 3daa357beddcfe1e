"""Pages do nothing when imported: what they show passes the sign-in and the permission first."""

import ast
from pathlib import Path

import pytest

from tests.conventions.tree import functions, parsed, shown, sources

PAGES = [path for path in sources("pages") if path.name != "__init__.py"]


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_a_page_only_defines_render(page: Path) -> None:
    tree = parsed(page)
    assert "render" in functions(tree)
    for node in tree.body:
        match node:
            case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()):
                continue
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                assert name == "render" or name.startswith("_"), name
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                assert name.startswith("_") or name.isupper(), name
            case _:
                assert isinstance(node, ast.If), ast.unparse(node)
                assert ast.unparse(node.test) == "TYPE_CHECKING", ast.unparse(node)


@pytest.mark.parametrize("module", [*sources("ui"), *sources("pages")], ids=shown)
def test_enter_after_a_few_letters_never_picks_every_match(module: Path) -> None:
    """Streamlit offers "Select 76 matches" first, and in English, unless it is told not to."""
    for node in ast.walk(parsed(module)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "st.multiselect":
            assert "select_all=False" in [ast.unparse(one) for one in node.keywords]
