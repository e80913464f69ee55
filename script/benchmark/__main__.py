"""The office as it is served, in one process, against the least that Django and the engines take.

Prints Markdown. Times are processor time of this process, so other programs hardly disturb them.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="script/bench", description="量一量速度，打印 Markdown 表格。"
    )
    parser.add_argument("--quick", action="store_true", help="量得少而粗，只看能不能跑")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory(prefix="unionoffice-bench-") as room:
        os.environ.update(
            DJANGO_SETTINGS_MODULE="unionoffice.settings",
            UNION_DATA=room,
            UNION_HOSTS="localhost",
        )
        for name in ("UNION_DEBUG", "DATABASE_URL"):
            os.environ.pop(name, None)
        for table in _tables(Path(room), quick):
            sys.stdout.write(f"{table}\n")
            sys.stdout.flush()


def _tables(room: Path, quick: bool):
    import django

    django.setup()
    import exports
    import imports
    import pages
    import photos
    import year
    from offices import Sizes, Year

    sizes = Sizes(small=30, large=60) if quick else Sizes(small=300, large=10_000)
    full = Year(40, 400, 80) if quick else Year(2_000, 40_000, 10_000)
    pages.serve()
    yield pages.table(room, sizes, requests=5 if quick else 100)
    yield year.table(room, sizes, full, requests=5 if quick else 40)
    yield exports.table(room, sizes, times=1 if quick else 9)
    yield imports.table(room, sizes, times=1 if quick else 5)
    yield photos.table(room, sizes, times=1 if quick else 3, number=3 if quick else 30)


main()
