"""Parts of the season calendar's screen."""
