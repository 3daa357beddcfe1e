"""The chain of audit events: its hashes, the proof that it is whole, and its anchors outside."""
