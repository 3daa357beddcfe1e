"""What every answer carries: what the browser may load, where it may go, and who may frame it."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Send

from services.health import secure_cookies

# The hash admits the one inline script of Streamlit's page; a test computes it anew.
INLINE_SCRIPT = "sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA="
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        f"script-src 'self' 'wasm-unsafe-eval' '{INLINE_SCRIPT}'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "frame-src 'none'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
PUBLIC_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "font-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
"""For pages that anybody may read: they run no script at all."""
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    # Under no-referrer browsers send "Origin: null" with our own forms.
    "Referrer-Policy": "same-origin",
}


def with_headers(send: Send, *, is_public: bool, is_kept: bool) -> Send:
    """Puts the headers on whatever is answered: also refusals, redirects and errors.

    `is_public`: a page of ours that runs no script; `is_kept`: fonts and scripts, the same for all.
    """

    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            del headers["Access-Control-Allow-Origin"]  # Streamlit lets everybody read its files
            if is_public:
                headers["Content-Security-Policy"] = PUBLIC_POLICY
            if secure_cookies():
                headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
            if not is_kept:
                headers["Cache-Control"] = "no-store"
        await send(message)

    return guarded
