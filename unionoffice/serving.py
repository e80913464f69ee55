"""Whether the office is being served right now: gunicorn leaves its process number behind."""

from pathlib import Path

from django.conf import settings

PID_FILE = "serving.pid"  # in UNION_DATA; script/gunicorn.conf.py writes it


def serving_process() -> int | None:
    """The process that serves this office; None when there is none (any more)."""
    try:
        number = int(Path(settings.DATA_DIR, PID_FILE).read_text())
        command = Path(f"/proc/{number}/cmdline").read_bytes()
    except (OSError, ValueError):
        return None
    return number if b"gunicorn" in command else None
