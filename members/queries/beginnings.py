"""How texts are asked for: by how they begin, such that SQLite finds it through the column's index;
however capitals were typed, through the index on `Upper`."""

from django.db.models import CharField
from django.db.models.functions import Upper
from django.db.models.lookups import StartsWith

CharField.register_lookup(Upper)  # column__upper="ZX01"


@CharField.register_lookup
class Begins(StartsWith):
    """column__begins="zs": as startswith, for texts in lower case. SQLite takes no index for
    LIKE … ESCAPE, and reads everyone; PostgreSQL has an index of its own for it."""

    lookup_name = "begins"

    def as_sql(self, compiler, connection):
        return compiler.compile(StartsWith(self.lhs, self.rhs))

    def as_sqlite(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        first, after = self.rhs, self.rhs[:-1] + chr(ord(self.rhs[-1]) + 1)
        return f"({column} >= %s AND {column} < %s)", [*params, first, *params, after]
