"""How gunicorn serves the office: on this machine only; nginx stands in front for the others."""

import os
import sys

bind = f"127.0.0.1:{os.environ.get('UNION_PORT', '8000')}"
pidfile = os.path.join(os.environ.get("UNION_DATA") or "var", "serving.pid")
workers = 2
threads = 4
timeout = 120  # seconds: a long report with many pages
max_requests = 5000  # then a worker is replaced
max_requests_jitter = 500
loglevel = "warning"


def when_ready(server):
    sys.stdout.write(f"工会办公室已经启动：http://{bind}  按 Ctrl+C 停止。\n")
    sys.stdout.flush()


def on_exit(server):
    sys.stdout.write("工会办公室已经停止。\n")
