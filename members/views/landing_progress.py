"""A landing that tells the page how far it is, line by line, while it runs."""

import json
from collections.abc import Iterator

from django.http import HttpRequest, StreamingHttpResponse

from members.actions.roster_imports import Progress
from unionoffice.errors import RuleBroken

LINES = "application/x-ndjson"


def wants_lines(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == LINES


def as_lines(steps: Iterator[Progress], url: str) -> StreamingHttpResponse:
    """`url` is the last line, once everything is in; or the last line is a refusal."""
    # nginx would keep the lines back until the end
    headers = {"X-Accel-Buffering": "no", "Cache-Control": "private, no-store"}
    return StreamingHttpResponse(_lines(steps, url), content_type=LINES, headers=headers)


def _lines(steps: Iterator[Progress], url: str) -> Iterator[str]:
    try:
        for step in steps:
            yield _line(done=step.done, whole=step.whole)
    except RuleBroken as refusal:
        yield _line(refusal=str(refusal))
    else:
        yield _line(url=url)


def _line(**values) -> str:
    return json.dumps(values, ensure_ascii=False) + "\n"
