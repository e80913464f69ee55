"""Two people act in the same moment, each over a connection of their own."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier

from django.db import connection, connections


@contextmanager
def shared_database(folder: Path):
    """A file where the tests' SQLite lives in memory, which no two connections can wait for."""
    if connection.vendor != "sqlite":
        yield
        return
    in_memory, name = connections["default"], connection.settings_dict["NAME"]
    in_memory.ensure_connection()
    with sqlite3.connect(folder / "shared.sqlite3") as copy:
        in_memory.connection.backup(copy)
    copy.close()
    in_memory.settings_dict["NAME"] = str(folder / "shared.sqlite3")
    connections["default"] = connections.create_connection("default")
    yield
    connections["default"].close()
    in_memory.settings_dict["NAME"] = name
    connections["default"] = in_memory


def at_once(*acts: Callable[[], object]) -> list:
    """What each of the acts gives."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]):
        try:
            start.wait(timeout=20)
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [done.result() for done in [pool.submit(run, act) for act in acts]]
