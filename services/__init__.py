"""Use cases: permission, state, change, audit, one commit; frozen records come back."""
