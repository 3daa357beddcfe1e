"""Nothing that people wrote becomes markup, script, SQL or an object."""

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache

import pytest

from tests.conventions.tree import LAYERS, ROOT, parsed, shown, sources

TAG = re.compile(r"</?[a-z]")
ELSEWHERE = re.compile(
    r"!\[[^\]]*\]\(|<img\b|(src|href|action)=[\"']?(https?:)?//|url\(\s*[\"']?(https?:)?//"
)
SHOWING = {
    "badge", "button", "caption", "checkbox", "error", "expander", "header", "info", "link_button",
    "markdown", "metric", "page_link", "popover", "status", "subheader", "success", "title",
    "toast", "toggle", "warning", "write",
}  # fmt: skip
"""What reads markdown in its first argument."""
OURS = {
    "number", "value", "id", "language", "hash", "previous_hash", "hearing_session", "vacancy",
    "session_number", "text_version", "topic", "definition", "received_on", "votes_for",
    "votes_against", "votes_abstain", "default", "password_max_length", "part",
    "people_named", "people_told",
}  # fmt: skip
"""Fields that hold numbers, dates and codes that the system made, or words of ours."""
OBJECTS = {"pickle", "marshal", "shelve", "dill", "cloudpickle"}


def last_name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Subscript(value=value):
            return last_name(value)
    return ""


def as_written(value: ast.expr) -> bool:
    """Whether it is what a record holds or a sentence says, unescaped."""
    match value:
        case ast.Attribute():
            return last_name(value) not in OURS and not last_name(value).isupper()
        case ast.Subscript(value=ast.Attribute()):
            return last_name(value.value) not in OURS
        case ast.Call(func=ast.Name(id="say") | ast.Attribute(attr="name")):
            return True
    return False


def put_in(text: ast.expr) -> Iterator[ast.expr]:
    """The values of an f-string or a format, or the expression itself."""
    match text:
        case ast.JoinedStr():
            yield from (part.value for part in text.values if isinstance(part, ast.FormattedValue))
        case ast.Call(func=ast.Attribute(attr="format")):
            yield from text.args
            yield from (keyword.value for keyword in text.keywords)
        case _:
            yield text


def value_between_tags(node: ast.AST) -> bool:
    if not isinstance(node, ast.JoinedStr):
        return False
    words = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
    return bool(TAG.search(words)) and any(as_written(value) for value in put_in(node))


def value_in_markdown(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="st"), attr=name), args=[first, *_]):
            return name in SHOWING and any(as_written(value) for value in put_in(first))
    return False


def raw_html(node: ast.AST) -> bool:
    match node:
        case ast.keyword(arg="unsafe_allow_html" | "unsafe_allow_javascript"):
            return True
        case ast.Attribute(value=ast.Name(id="st"), attr="components" | "iframe"):
            return True
        case ast.ImportFrom(module=str() as module):
            return module.startswith("streamlit.components")
    return False


def html_of_a_record(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="st"), attr="html"), args=[first, *_]):
            return as_written(first)
    return False


def something_from_elsewhere(node: ast.AST) -> bool:
    match node:
        case ast.Constant(value=str() as words):
            return bool(ELSEWHERE.search(words))
        case ast.Call(
            func=ast.Attribute(attr="image" | "logo" | "video" | "audio"), args=[one, *_]
        ):
            return isinstance(one, ast.Constant)
    return False


def object_that_runs(node: ast.AST) -> bool:
    match node:
        case ast.Import(names=names):
            return any(name.name.split(".")[0] in OBJECTS for name in names)
        case ast.ImportFrom(module=str() as module):
            return module.split(".")[0] in OBJECTS
        case ast.Call(func=ast.Name(id="eval" | "exec" | "__import__")):
            return True
        case ast.Call(func=ast.Attribute(value=ast.Name(id="yaml"), attr=name)):
            return name not in ("safe_load", "safe_dump", "dump")
        case ast.keyword(arg="shell", value=ast.Constant(value=True)):
            return True
    return False


def value_in_sql(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Name(id="text" | "literal_column"), args=[first, *_]):
            return not isinstance(first, ast.Constant | ast.Name)
    return False


TABLES = {"services/exports.py", "cli/ranking_batch.py", "sample_data/generate.py"}
"""Real ones go through `inert`, whose property is tried in `test_exports`; the sample is ours."""
SCREENS, ALL = ("ui", "pages"), LAYERS
HABITS: dict[str, tuple[tuple[str, ...], Callable[[ast.AST], bool]]] = {
    "puts a value between tags unescaped": (SCREENS, value_between_tags),
    "shows a value as markdown": (SCREENS, value_in_markdown),
    "lets Streamlit run what it shows": (ALL, raw_html),
    "shows a record as HTML": (SCREENS, html_of_a_record),
    "loads something from elsewhere": (SCREENS, something_from_elsewhere),
    "reads objects that can run code": (ALL, object_that_runs),
    "puts values into SQL": (ALL, value_in_sql),
}


@cache
def places() -> dict[str, list[str]]:
    """Where each habit is found, in one walk over all sources."""
    found: dict[str, list[str]] = {habit: [] for habit in HABITS}
    for path in sources(*ALL):
        folder = path.relative_to(ROOT).parts[0]
        sought = {h: has_it for h, (folders, has_it) in HABITS.items() if folder in folders}
        for node in ast.walk(parsed(path)):
            for habit, has_it in sought.items():
                if has_it(node):
                    found[habit].append(f"{shown(path)}:{getattr(node, 'lineno', '?')}")
    return found


@pytest.mark.parametrize("habit", HABITS)
def test_no_source_file(habit: str) -> None:
    assert places()[habit] == []


def test_no_style_sheet_or_page_loads_anything_from_elsewhere() -> None:
    files = [*ROOT.glob("ui/**/*.css"), *ROOT.glob("ui/**/*.html")]
    assert files
    assert [shown(path) for path in files if ELSEWHERE.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    ("habit", "code"),
    [
        ("puts a value between tags unescaped", 'x = f"<b>{person.name}</b>"'),
        ("shows a value as markdown", 'st.expander(f"File {photo.name}")'),
        ("shows a value as markdown", "st.error(say(one.sentence))"),
        ("shows a value as markdown", 'st.popover(_("Open {n}").format(n=permit.title))'),
        ("lets Streamlit run what it shows", "st.markdown(x, unsafe_allow_html=True)"),
        ("shows a record as HTML", "st.html(letter.text)"),
        ("loads something from elsewhere", "st.image('https://a.example/x.png')"),
        ("loads something from elsewhere", "x = '![](https://a.example/x.png)'"),
        ("reads objects that can run code", "from pickle import loads"),
        ("puts values into SQL", 'session.execute(text(f"SELECT {x}"))'),
        ("puts values into SQL", 'session.execute(text("SELECT " + x))'),
    ],
)
def test_the_habit_is_recognised(habit: str, code: str) -> None:
    assert any(HABITS[habit][1](node) for node in ast.walk(ast.parse(code)))


def test_tables_are_written_in_one_place_that_keeps_formulas_asleep() -> None:
    writers = re.compile(r"csv\.(Dict)?[wW]riter|\bWorkbook\(|to_excel|\.to_csv\(")
    files = {shown(path) for path in sources(*ALL) if writers.search(path.read_text("utf-8"))}
    assert files == TABLES
