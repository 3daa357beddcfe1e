"""Incidents and impact assessments on screen."""
