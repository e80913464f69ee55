"""Whom a list held that someone took away: kept in the audit chain as a set of primary keys that
stays small, some two thousand characters for ten thousand people."""

import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable


def held(keys: Iterable[int]) -> str:
    keys = list(keys)
    content = bytearray(max(keys, default=0) // 8 + 1)
    for key in keys:
        content[key // 8] |= 1 << key % 8
    return b64encode(zlib.compress(content, 9)).decode()


def holds(text: str, key: int) -> bool:
    content = zlib.decompress(b64decode(text))
    return key // 8 < len(content) and bool(content[key // 8] >> key % 8 & 1)
