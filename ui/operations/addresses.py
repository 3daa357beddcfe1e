"""What machines ask: is the process alive, is it ready, what does it count. No page, no facts."""

from __future__ import annotations

import hmac

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from services.operations import metrics, readiness
from services.operations.environment import metrics_token


async def healthz(_request: Request) -> Response:
    """200 while the process answers at all: where it does not, start it again."""
    return PlainTextResponse("ok")


async def readyz(request: Request) -> Response:
    """200 where requests may be sent here, 503 otherwise; why, only to whoever has the token."""
    if is_operator(request):
        checks = await run_in_threadpool(readiness.look)
        told = {one.name: {"ok": one.is_well, "found": str(one.sentence)} for one in checks}
        return JSONResponse(told, 200 if all(one.is_well for one in checks) else 503)
    is_ready = await run_in_threadpool(readiness.is_ready)
    return PlainTextResponse("ready" if is_ready else "not ready", 200 if is_ready else 503)


async def metrics_page(request: Request) -> Response:
    """Prometheus' text; to anybody without the token the address does not exist."""
    if not is_operator(request):
        return PlainTextResponse("404", 404)
    text = await run_in_threadpool(metrics.exposition)
    return Response(text, media_type=CONTENT_TYPE_LATEST)


def is_operator(request: Request) -> bool:
    """Whether the request carries the token that the operator set; nobody has an empty one."""
    expected = metrics_token()
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    same = hmac.compare_digest(given.strip().encode(), expected.encode())
    return bool(expected) and scheme.lower() == "bearer" and same
