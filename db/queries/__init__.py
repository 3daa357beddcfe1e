"""Read-only selects for screens and statistics, called by services."""
