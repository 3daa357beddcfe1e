"""Screens of personal data: requests, retention, the processing register."""
