"""The ranking log: filters and list of runs, and one run's whole story."""
