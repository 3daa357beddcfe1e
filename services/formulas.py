"""Which texts a spreadsheet program would run instead of showing them."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that begins with one of these is run as a formula by some spreadsheet program."""
