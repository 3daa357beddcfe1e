"""What the outermost layer asks before anybody has signed in."""

from __future__ import annotations

from db.session import settings


def secure_cookies() -> bool:
    """Whether the app stands behind TLS."""
    return settings().secure_cookies
