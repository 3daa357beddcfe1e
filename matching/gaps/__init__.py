"""Gaps: what one trained level, licence or skill would open, to whom."""
