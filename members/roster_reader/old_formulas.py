"""Which cells of an .xls workbook are formulas: calamine gives only what they last came to.

An .xls is a little file system of sectors; one of its streams holds the sheets as records.
"""

import struct
from collections.abc import Iterator

HEADER = 512
MARKERS = 0xFFFF_FFFA  # sector numbers from here on end a chain or mark a sector as free
ENTRY = 128  # bytes of a directory entry
ROOT = 5
STREAMS = ("Workbook", "Book")  # since Excel 97, and before
START, END, SHEET, WORKSHEET = 0x0809, 0x000A, 0x0085, 0
FORMULAS = frozenset({0x0006, 0x0206, 0x0406})

Cells = frozenset[tuple[int, int]]


def formula_cells(content: bytes) -> list[Cells]:
    """The positions of the formulas on each worksheet. Raises ValueError, struct.error or
    IndexError on what is no such workbook."""
    stream = _Sectors(content).stream(STREAMS)
    places = []
    for kind, body in _records(stream, 0):
        if kind == SHEET and body[5] == WORKSHEET:
            places.append(struct.unpack_from("<I", body)[0])
    return [
        frozenset(
            struct.unpack_from("<HH", body)
            for kind, body in _records(stream, place)
            if kind in FORMULAS
        )
        for place in places
    ]


def _records(stream: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    """The records from `place` to the end of the sheet, without those of the charts in it."""
    depth = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        depth += (kind == START) - (kind == END)
        if not depth:
            return
        if depth == 1:
            yield kind, stream[place + 4 : place + 4 + length]
        place += 4 + length


class _Sectors:
    def __init__(self, content: bytes):
        self.content = content
        shift, self.mini_shift = struct.unpack_from("<HH", content, 30)
        if shift not in (9, 12) or self.mini_shift != 6:
            raise ValueError("no compound file")
        self.size = 1 << shift
        directory, self.cutoff, mini_table = struct.unpack_from("<I4xII", content, 48)
        self.table = self._table()
        self.directory = self._chain(directory)
        self.mini_table = _numbers(self._chain(mini_table))

    def stream(self, names: tuple[str, ...]) -> bytes:
        """The first stream of one of the names; a short one lies in sectors of 64 bytes."""
        entries = [self.directory[at : at + ENTRY] for at in range(0, len(self.directory), ENTRY)]
        found = {_name(entry): struct.unpack_from("<II", entry, 116) for entry in entries}
        root = next((entry for entry in entries if entry[66] == ROOT), b"")
        start, size = next((found[name] for name in names if name in found), (MARKERS, 0))
        if not size:
            raise ValueError("no workbook")
        if size >= self.cutoff:
            return self._chain(start)[:size]
        short = self._chain(struct.unpack_from("<I", root, 116)[0])
        places = [number << self.mini_shift for number in _follow(start, self.mini_table)]
        return b"".join(short[at : at + (1 << self.mini_shift)] for at in places)[:size]

    def _table(self) -> list[int]:
        """For each sector the next of its chain. Its own sectors are listed in the header and,
        for a long file, in further sectors whose last number leads on."""
        listed = _numbers(self.content[76:HEADER])
        more = struct.unpack_from("<I", self.content, 68)[0]
        for _ in range(len(self.content) // self.size):
            if more >= MARKERS:
                break
            *numbers, more = _numbers(self._sector(more))
            listed += numbers
        return _numbers(b"".join(self._sector(number) for number in listed if number < MARKERS))

    def _sector(self, number: int) -> bytes:
        return self.content[(number + 1) * self.size : (number + 2) * self.size]

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, _follow(start, self.table)))


def _follow(start: int, table: list[int]) -> Iterator[int]:
    for _ in range(len(table)):
        if start >= MARKERS:
            return
        yield start
        start = table[start]


def _numbers(content: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4]))


def _name(entry: bytes) -> str:
    length = struct.unpack_from("<H", entry, 64)[0]
    return entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
