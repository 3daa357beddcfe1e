"""Buttons that say why they can't be pressed."""

from __future__ import annotations

from typing import Any

import streamlit as st


def guarded_button(title: str, why_not: str | None, *, key: str, **options: Any) -> bool:
    """A button that is disabled for a reason and says which."""
    return st.button(title, key=key, disabled=why_not is not None, help=why_not, **options)
