"""The gap board: what one course would open, to whom, where."""
