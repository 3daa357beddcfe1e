"""The manager's dashboard: counted by the database, said in sentences, kept until data change."""

from services.statistics.dashboard import filter_choices, get_dashboard

__all__ = ["filter_choices", "get_dashboard"]
