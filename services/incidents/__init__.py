"""Incidents of security, data and availability: register, clock, notification, people told."""
