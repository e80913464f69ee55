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
