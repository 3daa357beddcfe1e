"""Tables of the pages without an account, also on a telephone."""

from ui.public.page import table


def test_a_stacking_table_names_each_cell_where_it_has_no_heads() -> None:
    told = table(("When", "Who"), [("today", "the agency")], "Who saw it", stacks=True)
    assert 'class="wide stacks"' in told
    assert '<td><span class="head">Who</span>the agency</td>' in told
    assert "head" not in table(("When",), [("today",)], "Who saw it").replace("thead", "")
