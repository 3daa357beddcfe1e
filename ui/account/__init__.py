"""An officer's own account."""
