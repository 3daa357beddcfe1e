"""Frozen records that services hand to screens; one module per noun."""
