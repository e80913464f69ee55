"""Who is meant by names that someone typed or pasted."""

import re
from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q, QuerySet

from members.models import Member

NAMES_APART = re.compile(r"[,，、;；\r\n\t]+")
NUMBERED = re.compile(r"([^\s\d（(]+)[\s（(]+(\w*\d\w*)[）)]?")  # 王芳 0600011, 李静（T0012）
SHOWN = 4  # of several people of one name
MOST_WORDS = 500
TOO_MANY = "一次最多写 {most} 个姓名，现在有 {words} 个，分几次写。"


def people_named(people: QuerySet[Member], text: str) -> tuple[list[Member], list[str]]:
    """Whom a text of names means, in its order: 王芳、李静, 陈刚; each on a line of its own; a name
    with its 工号 where several have it: 王芳 0600011, 李静（T0012）. And a sentence for each name that
    means nobody or several."""
    parts = [part.strip() for part in NAMES_APART.split(text) if part.strip()]
    number = sum(len(part.split()) for part in parts)
    if number > MOST_WORDS:
        return [], [TOO_MANY.format(most=MOST_WORDS, words=number)]
    words = [word for part in parts for word in (part, *NUMBERED.sub(r" \1 \2 ", part).split())]
    meant, refusals = who_is_meant(people, words)
    found, told = [], []
    for part in parts:
        for word in _names_in(part, meant):
            one = meant.get(word) or _numbered(word, meant)
            found += [one] if one else []
            told += [] if one else [refusals.get(word) or _refusal(word, [])]
    return list(dict.fromkeys(found)), list(dict.fromkeys(told))


def _names_in(part: str, meant: dict[str, Member]) -> list[str]:
    """As a whole where somebody is called so, or a number follows; else whatever spaces part."""
    return [part] if part in meant or NUMBERED.fullmatch(part) else part.split()


def _numbered(word: str, meant: dict[str, Member]) -> Member | None:
    match = NUMBERED.fullmatch(word)
    one = meant.get(match[2]) if match else None
    return one if one and one.name == match[1] else None


def people_called(
    people: QuerySet[Member], words: Collection[str]
) -> tuple[list[Member], list[str]]:
    """Those of the `people` whose whole name or 工号 is one of the words, in one query; and a
    sentence for each word that means nobody or more than one."""
    words = list(dict.fromkeys(words))
    if len(words) > MOST_WORDS:
        return [], [TOO_MANY.format(most=MOST_WORDS, words=len(words))]
    found, refusals = who_is_meant(people, words)
    return list(found.values()), list(refusals.values())


def who_is_meant(
    people: QuerySet[Member], words: Collection[str]
) -> tuple[dict[str, Member], dict[str, str]]:
    """For each word the one that it means, or the sentence that says why nobody; a query for some
    hundreds of words."""
    words = list(dict.fromkeys(words))
    called: dict[str, list[Member]] = defaultdict(list)
    for start in range(0, len(words), MOST_WORDS):
        some = set(words[start : start + MOST_WORDS])
        for member in people.filter(Q(name__in=some) | Q(staff_no__in=some)):
            for word in {member.name, member.staff_no} & some:
                called[word].append(member)
    found = {word: called[word][0] for word in words if len(called[word]) == 1}
    return found, {word: _refusal(word, called[word]) for word in words if word not in found}


def _refusal(word: str, several: list[Member]) -> str:
    if not several:
        return f"名册里没有“{word}”，写全名或工号。"
    numbers = "、".join(member.staff_no or "没有工号的" for member in several[:SHOWN])
    return f"叫“{word}”的有 {len(several)} 位（工号 {numbers}），写工号。"
