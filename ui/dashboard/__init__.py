"""The manager's figures: each one a finding, a picture, its definition and its table."""
