"""Medians of processor time, two things measured in turns."""

import gc
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median
from time import process_time

WARM_UP = 3


@dataclass(frozen=True)
class Pair:
    """Medians in milliseconds of the thing and of the least it could take."""

    ours: float
    bare: float

    @property
    def ratio(self) -> float:
        return self.ours / self.bare


def compare(ours: Callable, bare: Callable, times: int) -> Pair:
    """In turns, so that whatever slows the machine slows both."""
    for _ in range(min(WARM_UP, times)):
        ours(), bare()
    gc.collect()
    seconds = [(_seconds(ours), _seconds(bare)) for _ in range(times)]
    return Pair(*(median(column) * 1000 for column in zip(*seconds, strict=True)))


def _seconds(act: Callable) -> float:
    start = process_time()
    act()
    return process_time() - start


def markdown(title: str, columns: Iterable[str], rows: Iterable[Iterable]) -> str:
    head = list(columns)
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *([str(c) for c in row] for row in rows)]
    return "\n".join([f"## {title}", "", *(f"| {' | '.join(line)} |" for line in lines), ""])
