"""Parts of the screen of season plans."""
