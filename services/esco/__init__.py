"""The ESCO classification: its archives into our tables.

This service uses the ESCO classification of the European Commission.
"""
