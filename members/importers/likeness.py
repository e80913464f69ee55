"""Is the name of a group or department that the roster does not have another spelling of one that it
has, or that the same file says far more often?"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable
from functools import lru_cache

from unionoffice.numerals import chinese_number

KINDS = {
    "group": re.compile(r"(?:工会小组|工会|小组|分会|组|分工会)$"),
    "department": re.compile(
        r"(?:教研组|教研室|年级组|备课组|组|办公室|处|室|部|科|中心|办|系|院|馆)$"
    ),
}
CHINESE = {chinese_number(n): str(n) for n in range(1, 100)}
NUMERAL = re.compile("[一二三四五六七八九十]+")
DASH_FOR_ONE = re.compile("^第[—－-](?=.)")
# 初中部 and 高中部 are two, though but for one character they are the same
TELLING_APART = "初高小中大东西南北上下前后左右男女甲乙丙丁幼新老党校团"
# … and so are 高中数学组 and 高中化学组
SUBJECTS = re.compile(
    "语文|数学|英语|外语|日语|俄语|物理|化学|生物|政治|思政|历史|地理|音乐|体育|美术|艺术|信息|科学|"
    "劳动|心理|舞蹈|书法|教务|教导|总务|德育|政教|财务|后勤|保卫|人事"
)
SHORTEST = 3  # of two characters one says too much: 数学 and 化学
SHORTEST_KIND = 2
RARE = 4  # a slip stands in the file at most so many times less often than the right name


def meant(field: str, said: Counter, existing: Collection[str]) -> dict[str, str]:
    """Of the names that a file says so often, those that most likely mean another → that one."""
    new = [name for name, _ in said.most_common() if name and name not in existing]
    found = {name: like for name in new if (like := alike(name, existing, field))}
    for name in new:
        if name not in found:
            usual = (other for other in new if said[name] * RARE <= said[other])
            if like := alike(name, usual, field):
                found[name] = found.get(like, like)
    return found


def alike(name: str, existing: Iterable[str], field: str = "group") -> str:
    """The one existing name that `name` most likely means; "" when none or several come close."""
    close = [other for other in existing if _same_but_for_the_spelling(name, other, field)]
    return close[0] if len(close) == 1 else ""


def _same_but_for_the_spelling(name: str, other: str, field: str) -> bool:
    mine, theirs = _bare(name, field), _bare(other, field)
    if mine == theirs:
        return True
    if re.findall(r"\d+", mine) != re.findall(r"\d+", theirs):
        return False
    subjects = set(SUBJECTS.findall(mine)), set(SUBJECTS.findall(theirs))
    if all(subjects) and subjects[0] != subjects[1]:
        return False
    if sorted(mine) == sorted(theirs):
        return len(mine) >= SHORTEST
    return _one_apart(mine, theirs) or _slip_in_the_kind(name, other, field)


def _slip_in_the_kind(name: str, other: str, field: str) -> bool:
    """第一工会小姐: what comes before 工会小组 is the same, and that is one character apart."""
    mine, theirs = _even(name), _even(other)
    kind = KINDS[field].search(theirs)
    if not kind or not kind.start() or not mine.startswith(theirs[: kind.start()]):
        return False
    rest = mine[kind.start() :]
    if len(rest) == len(kind[0]) and sorted(rest) == sorted(kind[0]):
        return True
    return len(kind[0]) >= SHORTEST_KIND and bool(_one_edit(rest, kind[0]))


@lru_cache(maxsize=4096)
def _bare(name: str, field: str) -> str:
    """Without 工会小组 at the end, with digits for numerals: 第三工会小组 is 3."""
    text = _even(name)
    return KINDS[field].sub("", text) or text


@lru_cache(maxsize=4096)
def _even(name: str) -> str:
    """NFKC without white space, with digits for numerals: 第 三 工会小组 is 3工会小组."""
    text = DASH_FOR_ONE.sub("第一", "".join(name.split()))
    text = unicodedata.normalize("NFKC", text)
    return NUMERAL.sub(lambda found: CHINESE.get(found[0], found[0]), text).removeprefix("第")


def _one_apart(mine: str, theirs: str) -> bool:
    """One character is another, or one more, and not one that tells two apart."""
    differing = _one_edit(mine, theirs) if max(len(mine), len(theirs)) >= SHORTEST else ""
    return bool(differing) and not any(c in TELLING_APART or c.isascii() for c in differing)


def _one_edit(mine: str, theirs: str) -> str:
    """The characters in which the two differ, if it is by one that is another or one more."""
    if abs(len(mine) - len(theirs)) > 1:
        return ""
    start = 0
    while start < min(len(mine), len(theirs)) and mine[start] == theirs[start]:
        start += 1
    same_length = len(mine) == len(theirs)
    shorter, longer = sorted((mine, theirs), key=len)
    if shorter[start + same_length :] != longer[start + 1 :]:
        return ""
    return longer[start : start + 1] + (shorter[start : start + 1] if same_length else "")
