"""Is the name of a group that the roster does not have another spelling of one that it has?"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from unionoffice.numerals import chinese_number

KIND = re.compile(r"(?:工会小组|工会|小组|分会|组|分工会)$")
CHINESE = {chinese_number(n): str(n) for n in range(1, 100)}
NUMERAL = re.compile("[一二三四五六七八九十]+")
# 初中部 and 高中部 are two, though but for one character they are the same
TELLING_APART = "初高小中大东西南北上下前后左右男女甲乙丙丁幼新老"
SHORTEST = 3  # of two characters one says too much: 数学 and 化学


def alike(name: str, existing: Iterable[str]) -> str:
    """The one existing name that `name` most likely means; "" when none or several come close."""
    close = [other for other in existing if _same_but_for_the_spelling(name, other)]
    return close[0] if len(close) == 1 else ""


def _same_but_for_the_spelling(name: str, other: str) -> bool:
    mine, theirs = _bare(name), _bare(other)
    if mine == theirs:
        return True
    if re.findall(r"\d+", mine) != re.findall(r"\d+", theirs):
        return False
    if sorted(mine) == sorted(theirs):
        return len(mine) >= SHORTEST
    return _one_apart(mine, theirs)


@lru_cache(maxsize=4096)
def _bare(name: str) -> str:
    """Without 工会小组 at the end, with digits for numerals: 第三工会小组 is 第3."""
    text = "".join(unicodedata.normalize("NFKC", name).split())
    text = KIND.sub("", text) or text
    return NUMERAL.sub(lambda found: CHINESE.get(found[0], found[0]), text).removeprefix("第")


def _one_apart(mine: str, theirs: str) -> bool:
    """One character is another, or one more."""
    if max(len(mine), len(theirs)) < SHORTEST or abs(len(mine) - len(theirs)) > 1:
        return False
    start = 0
    while start < min(len(mine), len(theirs)) and mine[start] == theirs[start]:
        start += 1
    same_length = len(mine) == len(theirs)
    shorter, longer = sorted((mine, theirs), key=len)
    if shorter[start + same_length :] != longer[start + 1 :]:
        return False
    differing = longer[start] + (shorter[start] if same_length else "")
    return not any(c in TELLING_APART or c.isdigit() for c in differing)
