"""The whole database out to a file and back in, for each engine that the office runs on."""

import os
import re
import sqlite3
import subprocess
import tempfile
from pathlib import Path

from django.db import DatabaseError, connection
from django.db.backends.postgresql.client import DatabaseClient
from django.db.migrations.recorder import MigrationRecorder

from unionoffice.errors import FileRefused

FILE_NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
LABELS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
TROUBLES = (  # what the engines say -> what to do
    (
        r"no such table|relation .* does not exist",
        "数据库里还没有建表，先运行 .venv/bin/python manage.py migrate。",
    ),
    (
        r"unable to open database file",
        "数据库文件打不开，看看 DATABASE_URL 里的目录有没有、能不能写。",
    ),
    (
        r"connection failed|connection to server|could not connect|could not translate host",
        "数据库连不上，检查 DATABASE_URL 里的地址、端口、用户和密码，再看数据库服务开着没有。",
    ),
)
LOCK_TIMEOUT = "30s"  # a program that holds a table longer than this is still at work


def trouble(error: DatabaseError) -> str | None:
    """What to do about a database that can't be reached or was never set up; None for all else."""
    found = (advice for pattern, advice in TROUBLES if re.search(pattern, str(error)))
    return next(found, None)


def applied_migrations() -> list[str]:
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


def dump(target: Path) -> None:
    """The database as it is at one moment. Raises FileRefused."""
    {"sqlite": _dump_sqlite, "postgresql": _dump_postgres}[connection.vendor](target)


def load(source: Path) -> None:
    """Replace the whole database by the dump, in one transaction. Raises FileRefused, with the
    database as it was."""
    {"sqlite": _load_sqlite, "postgresql": _load_postgres}[connection.vendor](source)
    connection.close()


def _dump_sqlite(target: Path) -> None:
    connection.ensure_connection()
    copy = sqlite3.connect(target)
    try:
        connection.connection.backup(copy)
    except sqlite3.Error as error:
        raise FileRefused(f"数据库没有备份成：{error}。检查磁盘空间。") from error
    finally:
        copy.close()


def _load_sqlite(source: Path) -> None:
    """Through SQLite's own backup, into the open file: readers see the old or the new state."""
    connection.ensure_connection()
    dump = sqlite3.connect(source)
    try:
        if dump.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise FileRefused("备份里的数据库本身已经损坏，换一份备份。现在的数据没有动。")
        dump.backup(connection.connection)
    except sqlite3.Error as error:
        raise FileRefused(f"数据库没有恢复成，数据没有动：{error}。") from error
    finally:
        dump.close()


def _dump_postgres(target: Path) -> None:
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def _load_postgres(source: Path) -> None:
    """Drop every table and replay the dump, in one transaction.

    Not pg_restore --clean: that leaves tables standing which the dump does not know, and the
    migrations that make them would then fail.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".sql", dir=source.parent) as script:
        script.write(f"SET lock_timeout = '{LOCK_TIMEOUT}';\n{_drop_tables()}")
        script.flush()
        replay = source.with_suffix(".sql")
        _run_plain(
            ["pg_restore", "--no-owner", "--no-privileges", f"--file={replay}", str(source)], None
        )
        connection.close()
        _run(
            "psql",
            "--no-psqlrc",
            "--quiet",
            "--single-transaction",
            "--set=ON_ERROR_STOP=1",
            "--output=/dev/null",
            f"--file={script.name}",
            f"--file={replay}",
        )


def _drop_tables() -> str:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    names = ", ".join(connection.ops.quote_name(table) for table in tables)
    return f"DROP TABLE {names} CASCADE;\n" if names else ""


def _run(program: str, *options: str) -> None:
    """One of PostgreSQL's programs on the office's database."""
    args, env = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, list(options))
    _run_plain([program, *args[1:]], env)


def _run_plain(command: list[str], env: dict | None) -> None:
    try:
        done = subprocess.run(
            command, env={**os.environ, **(env or {})}, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        raise FileRefused(
            f"没有找到 {command[0]}，先安装：apt-get install postgresql-client。"
        ) from None
    if done.returncode:
        last = (done.stderr.strip() or "没有说明原因").splitlines()[-1]
        raise FileRefused(f"{command[0]} 没有做成，数据没有动：{last}")
