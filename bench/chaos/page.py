"""Writes docs/reference/chaos.md from bench/results/chaos.json."""

from __future__ import annotations


def write_page() -> None:
    pass
