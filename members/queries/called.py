"""Who is meant by names that someone typed or pasted."""

import re
from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q, QuerySet

from members.models import Member

NAMES_APART = re.compile(r"[,，、;；\s]+")
SHOWN = 4  # of several people of one name
MOST_WORDS = 500


def words_in(text: str) -> list[str]:
    return [word for word in NAMES_APART.split(text) if word]


def people_called(
    people: QuerySet[Member], words: Collection[str]
) -> tuple[list[Member], list[str]]:
    """Those of the `people` whose whole name or 工号 is one of the words, in one query; and a
    sentence for each word that means nobody or more than one."""
    words = list(dict.fromkeys(words))
    if len(words) > MOST_WORDS:
        return [], [f"一次最多写 {MOST_WORDS} 个姓名，现在有 {len(words)} 个，分几次写。"]
    called: dict[str, list[Member]] = defaultdict(list)
    for member in people.filter(Q(name__in=words) | Q(staff_no__in=words)) if words else ():
        for word in {member.name, member.staff_no} & set(words):
            called[word].append(member)
    found = [called[word][0] for word in words if len(called[word]) == 1]
    return found, [_refusal(word, called[word]) for word in words if len(called[word]) != 1]


def _refusal(word: str, several: list[Member]) -> str:
    if not several:
        return f"名册里没有“{word}”，写全名或工号。"
    numbers = "、".join(member.staff_no or "没有工号的" for member in several[:SHOWN])
    return f"叫“{word}”的有 {len(several)} 位（工号 {numbers}），写工号。"
