"""The screen of classifications: what is in use, bringing in archives, what that changed."""
