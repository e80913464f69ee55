"""Statements that are asked all day long: put together once, run each time.

On a page as busy as the home page Django takes longer to write a statement than the database takes
to answer it."""

from collections.abc import Callable
from functools import lru_cache, wraps

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

KEPT_AT_ONCE = 64  # of one function: today's, of those who look


def kept(build: Callable[..., QuerySet]) -> Callable[..., list[tuple]]:
    """Decorate a function that gives a `values_list` from hashable values alone: the permissions,
    the days and the keys that its conditions use. Called with them, it gives the rows of now."""

    @lru_cache(maxsize=KEPT_AT_ONCE)
    def statement(*values) -> tuple[SQLCompiler, str, tuple] | None:
        rows = build(*values)
        compiler = rows.query.get_compiler(rows.db)
        try:
            return (compiler, *compiler.as_sql())
        except EmptyResultSet:
            return None

    @wraps(build)
    def rows(*values) -> list[tuple]:
        known = statement(*values)
        if known is None:
            return []
        compiler, sql, params = known
        with connections[compiler.using].cursor() as cursor:
            cursor.execute(sql, params)
            return list(compiler.results_iter([cursor.fetchall()], tuple_expected=True))

    return rows
