"""Many new rows at once, straight into a table.

bulk_create takes ten times as long for rows like these; an import of thousands spent most of its
time there. Only for values that need no conversion but dates.
"""

from collections.abc import Generator, Iterator
from datetime import date
from typing import TypeVar

from django.db import connection, models

BATCH = 500  # rows a statement
T = TypeVar("T")


# work that tells how many rows it has just written, and gives its result at the end
Steps = Generator[int, None, T]


def insert_rows(
    model: type[models.Model], columns: tuple[str, ...], rows: list[tuple]
) -> Steps[list[int]]:
    """Insert the rows, whose values stand in the order of `columns`; gives their primary keys."""
    quote = connection.ops.quote_name
    start = f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(map(quote, columns))}) VALUES "
    row_places = f"({', '.join(['%s'] * len(columns))})"
    end = f" RETURNING {quote(model._meta.pk.column)}"
    keys = []
    with connection.cursor() as cursor:
        for batch in (rows[first : first + BATCH] for first in range(0, len(rows), BATCH)):
            cursor.execute(start + ", ".join([row_places] * len(batch)) + end, list(_flat(batch)))
            keys += [key for (key,) in cursor.fetchall()]
            yield len(batch)
    return keys


def _flat(rows: list[tuple]) -> Iterator:
    adapt = connection.ops.adapt_datefield_value
    for row in rows:
        for value in row:
            yield adapt(value) if isinstance(value, date) else value
