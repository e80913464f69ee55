"""Which month labels belong together: a run that follows the order of the year."""

import re
from collections import Counter
from dataclasses import replace
from itertools import dropwhile

from activities.plan_reader.grammar import BRACKETED, NUMBERED_TITLE, YEARS, Kind, Node, is_dateline
from activities.plan_reader.labels import Form
from activities.plan_reader.numerals import plain

SHARE = 0.6  # of the lines of their rank must open with a month where labels are glued to text
SKIPPED = 0.3  # what each label passed over inside a run costs, against 1 for a label taken
LEAST_FILLED = 4  # months
LONGEST_PAUSE = 3  # months from one that is written to the next
MOST_LABELS = 400  # no plan has more; bounds the search
SIBLINGS = (Kind.MONTH, Kind.TEXT, Kind.ITEM, Kind.SECTION)
WALLS = (Kind.PART, Kind.SECTION)
FIRM = (Form.BARE, Form.SET_OFF)


def settle_pairs(nodes: list[Node]) -> list[Node]:
    """Decide for each "7、8月" whether 7 is a number or a month: numbers come in a chain."""
    labelled = [at for at, node in enumerate(nodes) if node.kind is Kind.MONTH]
    settled = list(nodes)
    for place, at in enumerate(labelled):
        node = nodes[at]
        near = [
            nodes[i] for i in (*labelled[max(place - 1, 0) : place], *labelled[place + 1 :][:1])
        ]
        if node.label.form is Form.GLUED and at:
            near.append(nodes[at - 1])
        if node.pair and _adjacent(node.pair.months) and not any(_chained(node, n) for n in near):
            settled[at] = replace(node, marker=None, label=node.pair, body=node.text)
    return settled


def _adjacent(months: tuple[int, ...]) -> bool:
    return len(months) > 1 and months == tuple(range(months[0], months[-1] + 1))


def _chained(node: Node, near: Node) -> bool:
    one, other = node.marker, near.marker
    return bool(other) and one.style == other.style and abs(one.number - other.number) == 1


def with_dates(nodes: list[Node]) -> list[Node]:
    """The lines with 3月8日… taken for labels: for plans that list nothing but dates."""
    return [replace(n, kind=Kind.MONTH, label=n.dated) if n.dated else n for n in nodes]


def settle_dates(nodes: list[Node], runs: list[list[int]]) -> list[Node]:
    """5月4日… between 4月份… and 6月份…: a label like its neighbours where they carry their text."""
    settled = list(nodes)
    for run in runs:
        if all(nodes[at].label.rest for at in run):
            for at in _siblings(nodes, run):
                settled[at] = replace(nodes[at], kind=Kind.MONTH, label=nodes[at].dated)
    return settled


def _siblings(nodes: list[Node], run: list[int]) -> list[int]:
    """Dated lines of the run's rank between the headings around it."""
    walls = [at for at, node in enumerate(nodes) if node.kind in WALLS]
    first = max((at for at in walls if at < run[0]), default=run[0])
    last = min((at for at in walls if at > run[-1]), default=len(nodes))
    level = nodes[run[0]].level
    span = range(first + 1, last)
    dated = (at for at in span if nodes[at].dated and nodes[at].kind is not Kind.SIGNATURE)
    return [at for at in dated if nodes[at].level == level and at not in run]


def settle_items(nodes: list[Node], start: int) -> list[Node]:
    """一、二、三、 right under a month count its items: no sections of the plan."""
    settled, style, number = list(nodes), "", 0
    for at, node in enumerate(nodes[start:], start):
        if node.kind is Kind.MONTH and not is_dateline(nodes, at):
            style, number = "", 1
        elif node.kind is Kind.SECTION:
            style = style or node.level
            counts = number and node.level == style != "plain" and node.marker.number == number
            settled[at] = replace(node, kind=Kind.ITEM) if counts else node
            number = number + 1 if counts else 0
        elif not style:
            number = 0
    return settled


def settle_brackets(nodes: list[Node], start: int) -> list[Node]:
    """【女神节】 behind a month is what is done in it; 【民主管理】 right above one is a heading."""
    settled, months = list(nodes), False
    for at, node in enumerate(nodes[start:], start):
        above_month = at + 1 < len(nodes) and nodes[at + 1].kind is Kind.MONTH
        if node.kind is Kind.MONTH:
            months = True
        elif node.kind is Kind.SECTION and months and not above_month and _bracketed(node):
            settled[at] = replace(node, kind=Kind.TEXT)
    return settled


def _bracketed(node: Node) -> bool:
    return not node.heading and bool(BRACKETED.fullmatch(plain(node.text)))


def settle_parts(nodes: list[Node], start: int) -> list[Node]:
    """学期工会总结 as the last line of a month, the next month right below: an item, no title."""
    settled, month = list(nodes), 0
    for at, node in enumerate(nodes[start:], start):
        if node.kind is Kind.MONTH and not is_dateline(nodes, at):
            month = node.label.months[-1] if node.label.form is Form.BARE else 0
        elif node.kind is Kind.SECTION:
            month = 0
        elif node.kind is Kind.PART and month and _ends_month(nodes, at, month):
            settled[at] = replace(node, kind=Kind.TEXT)
    return settled


def _ends_month(nodes: list[Node], at: int, month: int) -> bool:
    below = dropwhile(_is_said, nodes[at + 1 :])
    label = next((node.label for node in below), None)
    named = NUMBERED_TITLE.search(plain(nodes[at].text)) or re.search(YEARS, nodes[at].text)
    return bool(label and not named) and 0 <= label.months[0] - month <= LONGEST_PAUSE


def _is_said(node: Node) -> bool:
    """负责人：张三 and the row's number, behind an item in a table."""
    return node.kind is Kind.ATTRIBUTE or node.text.isdigit()


def find_runs(nodes: list[Node], start: int) -> list[list[int]]:
    """The line numbers of the labels, run by run, in the order of the text."""
    labels = [
        at
        for at, node in enumerate(nodes)
        if at >= start and node.kind is Kind.MONTH and not is_dateline(nodes, at)
    ][:MOST_LABELS]
    taken: list[list[int]] = []
    doubtful: list[list[int]] = []
    for level in _levels_by_weight(nodes, labels):
        for segment in _segments(nodes, [at for at in labels if nodes[at].level == level]):
            for run in (_firm_only(nodes, chain) for chain in _chains(nodes, segment)):
                if not any(_overlap(run, other) for other in taken):
                    (taken if is_plausible(nodes, run) else doubtful).append(run)
    taken += [run for run in doubtful if _goes_on(nodes, run, taken)]
    taken += _filling_sections(nodes, [run for run in doubtful if run not in taken], taken)
    return sorted(_fill_gaps(nodes, run, labels) for run in taken)


def _goes_on(nodes: list[Node], run: list[int], taken: list[list[int]]) -> bool:
    """A month or two cut off by a heading (第二学期) from the run that they continue."""
    if any(
        _overlap(run, other) or nodes[at].label.form not in FIRM for other in taken for at in run
    ):
        return False
    months = _months_of(nodes, run)
    alike = [other for other in taken if nodes[other[0]].level == nodes[run[0]].level]
    return any(not months & _months_of(nodes, other) for other in alike)


def _filling_sections(
    nodes: list[Node], doubtful: list[list[int]], taken: list[list[int]]
) -> list[list[int]]:
    """（一）学习 1.3月，… 2.4月，… （二）维权 1.5月，…: sections that hold nothing but months."""
    apart = [run for run in doubtful if not any(_overlap(run, other) for other in taken)]
    whole = [run for run in apart if set(_ranked_between_walls(nodes, run)) == set(run)]
    months = [nodes[at].label.months[0] for run in sorted([*whole, *taken]) for at in run]
    return whole if len(set(months)) == len(months) > LEAST_FILLED else []


def _ranked_between_walls(nodes: list[Node], run: list[int]) -> list[int]:
    """The lines of the run's rank between the headings around it."""
    walls = [at for at, node in enumerate(nodes) if node.kind in WALLS]
    first = max((at for at in walls if at < run[0]), default=-1)
    last = min((at for at in walls if at > run[-1]), default=len(nodes))
    return [at for at in range(first + 1, last) if nodes[at].level == nodes[run[0]].level]


def _months_of(nodes: list[Node], run: list[int]) -> set[int]:
    return {month for at in run for month in nodes[at].label.months}


def _levels_by_weight(nodes: list[Node], labels: list[int]) -> list[str]:
    weight = Counter()
    for at in labels:
        label = nodes[at].label
        weight[nodes[at].level] += 3 if label.form in FIRM and len(label.months) < 3 else 1
    return [level for level, _ in weight.most_common()]


def _segments(nodes: list[Node], ranked: list[int]) -> list[list[int]]:
    """Labels of one rank, cut where a heading or another document stands between them."""
    segments: list[list[int]] = []
    for at in ranked:
        before = segments[-1][-1] if segments else at
        if not segments or any(_divides(node, nodes[at]) for node in nodes[before:at]):
            segments.append([at])
        else:
            segments[-1].append(at)
    return segments


def _divides(node: Node, label: Node) -> bool:
    """A heading does, but not （五）重阳节… between （四）九月… and （六）十二月…."""
    inside = (
        node.level == label.level == "paren_cjk" and label.marker.number > node.marker.number > 1
    )
    return node.kind in WALLS and not inside


def _chains(nodes: list[Node], labels: list[int]) -> list[list[int]]:
    """The best chain in yearly order, then the best ones before and behind it."""
    if not labels:
        return []
    starts = [nodes[at].label.months[0] for at in labels]
    best = max((_best_from(starts, first) for first in range(1, 13)), key=lambda found: found[0])[1]
    head, tail = labels[: best[0]], labels[best[-1] + 1 :]
    return [*_chains(nodes, head), [labels[i] for i in best], *_chains(nodes, tail)]


def _best_from(starts: list[int], first: int) -> tuple[float, list[int]]:
    """The heaviest subsequence that never falls, counting the year from month `first`."""
    ends: list[tuple[float, list[int]] | None] = [None] * 12  # by last month: weight, positions
    for position, month in enumerate(starts):
        offset = (month - first) % 12
        joined = max(
            (
                (weight + 1 - SKIPPED * (position - chain[-1] - 1), chain)
                for weight, chain in filter(None, ends[: offset + 1])
            ),
            key=lambda found: found[0],
            default=(0.0, []),
        )
        weight, chain = joined if joined[0] > 1 else (1.0, [])
        if ends[offset] is None or weight >= ends[offset][0]:
            ends[offset] = (weight, [*chain, position])
    return max(filter(None, ends), key=lambda found: found[0])


def _firm_only(nodes: list[Node], run: list[int]) -> list[int]:
    """六月份 / 七月份工作准备 / 七月份: where a month has its heading, glued ones are items."""
    firm = {nodes[at].label.months[0] for at in run if nodes[at].label.form in FIRM}
    if len(firm) < 2:
        return run
    return [
        at for at in run if nodes[at].label.form in FIRM or nodes[at].label.months[0] not in firm
    ]


def is_plausible(nodes: list[Node], run: list[int]) -> bool:
    labels = [nodes[at].label for at in run]
    months = {label.months[0] for label in labels}
    firm = sum(label.form in FIRM for label in labels)
    bare = {label.months[0] for label in labels if label.form is Form.BARE}
    if firm * 2 >= len(labels):
        return len(months) >= 3 or len(bare) >= 2
    return len(months) >= 3 and _share(nodes, run) >= SHARE


def _share(nodes: list[Node], run: list[int]) -> float:
    level = nodes[run[0]].level
    between = nodes[run[0] : run[-1] + 1]
    siblings = sum(node.level == level and node.kind in SIBLINGS for node in between)
    return len(run) / max(siblings, 1)


def _overlap(run: list[int], other: list[int]) -> bool:
    return run[0] <= other[-1] and other[0] <= run[-1]


def _fill_gaps(nodes: list[Node], run: list[int], labels: list[int]) -> list[int]:
    """Add a label of another rank that names the month missing between its neighbours."""
    filled = list(run)
    have = _months_of(nodes, run)
    for at in labels:
        before = [i for i in run if i < at]
        if before and at < run[-1] and at not in run:
            after = run[len(before)]
            span = _months_inside(nodes[before[-1]].label.months[-1], nodes[after].label.months[0])
            months = nodes[at].label.months
            if set(months) <= span - have:
                filled.append(at)
    return sorted(filled)


def _months_inside(first: int, last: int) -> set[int]:
    return {(first + step - 1) % 12 + 1 for step in range(1, (last - first) % 12)}
