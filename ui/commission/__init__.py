"""The commission's room, part by part; `pages/commission.py` says in which order."""
