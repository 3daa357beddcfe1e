"""Tables: what is selected are people, not places."""

from collections.abc import Sequence

from streamlit.testing.v1 import AppTest

from ui.tables import widget_key


def screen(mode) -> None:
    import streamlit as st

    from ui.tables import Column, table

    order = st.session_state.get("order", [10, 20, 30])
    rows = [{"id": one, "name": f"person {one}"} for one in order]
    chosen = table(rows, [Column("Name", "name")], key="t", selection=mode, empty="Add one.")
    st.session_state["chosen"] = chosen


def opened(mode: str, order: Sequence[int] = (10, 20, 30)) -> AppTest:
    at = AppTest.from_function(screen, kwargs={"mode": mode})
    at.session_state["order"] = list(order)
    return at.run()


def choose(at: AppTest, *ids: int) -> AppTest:
    order = at.session_state["order"]
    places = [order.index(one) for one in ids]
    at.session_state[widget_key("t", order)] = {
        "selection": {"rows": places, "columns": [], "cells": []}
    }
    return at.run()


def show(at: AppTest, *order: int) -> AppTest:
    at.session_state["order"] = list(order)
    return at.run()


def test_selection_follows_the_person_when_the_order_changes() -> None:
    at = show(choose(opened("single"), 20), 20, 30, 10)
    assert at.session_state["chosen"] == [20]


def test_person_filtered_out_is_not_replaced_by_whoever_stands_there() -> None:
    at = show(choose(opened("single"), 20), 10, 30)
    assert at.session_state["chosen"] == []


def test_several_selected_survive_a_filter_and_come_back() -> None:
    at = choose(opened("multi"), 10, 30)
    assert show(at, 10, 20).session_state["chosen"] == [10]
    assert show(at, 10, 20, 30).session_state["chosen"] == [10, 30]


def test_selected_are_given_in_the_order_of_the_rows() -> None:
    assert choose(opened("multi", (30, 20, 10)), 10, 30).session_state["chosen"] == [30, 10]


def test_empty_table_says_what_to_do() -> None:
    assert show(opened("single")).info[0].value == "Add one."
