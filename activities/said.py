"""What a plan's text says beside an item (负责人：张三 · 经费：800元 · 地点：礼堂), put with the item."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from activities.models import PlanItem
from activities.plan_reader import ItemReading
from activities.plan_reader.columns import DETAIL, is_other_column
from members.models import Member

People = Mapping[str, Member]

LONGEST_WORDS = PlanItem._meta.get_field("audience").max_length
MOST_BUDGET = Decimal(10) ** 8
LONGEST_ASIDE = 60  # characters that stand in brackets behind an item
WHO = r"(?:主要|具体|第一)?(?:负责|责任|牵头|承办|执行|落实|组织|主持|分管)?(?:人|者|负责|责任)"
AUDIENCE = r"(?:(?:参加|参与|面向|活动)?对象|(?:参加|参与|活动)?人员|参[加与]范围|面向范围)"
CO_ORGANISER = r"(?:协办|协助|协作|配合)(?:部门|单位|科室|处室|人员?|者)?"
DEPARTMENT_HEAD = r"(?:主要|具体)?(?:(?:负责|责任|牵头|承办|主办|执行|落实|组织)?(?:部门|单位|科室|处室)|牵头|承办|主办)"
DEPARTMENT = re.compile(r"[^\s\d]{1,16}(?:[部处科室会委组]|中心|学院|小学|中学|支部|大队|各年级)")
BUDGET = r"(?:活动|预计|所需)?(?:经费|费用|资金|预算|金额|支出){1,2}(?:安排)?(?:\((?P<unit>[万千]?)元\))?"
DAY_HEADS = ("日期", "完成时间")
HEADS = {
    "responsible": re.compile(WHO),
    "audience": re.compile(AUDIENCE),
    "co_organiser": re.compile(CO_ORGANISER),
    "budget": re.compile(BUDGET),
}
MONEY = re.compile(
    r"(?:约|共|共计|预算)?\s*[￥¥]?\s*(?P<sum>\d[\d,]{0,11}(?:\.\d{1,4})?)\s*(?P<unit>[万千]?)元?(?:左右|以内)?"
)
UNITS = {"": 1, "千": 1000, "万": 10_000}
IN_BRACKETS = re.compile(r"\s*[（(](?P<words>[^（）()]{2,80})[)）][。；;]*$")
PARTS = re.compile("[；;，,]")
FULL_WIDTH = str.maketrans("０１２３４５６７８９．，：（）", "0123456789.,:()")


def names_said(items: Iterable[ItemReading]) -> set[str]:
    """The names that stand for who is in charge."""
    pairs = (split_said(words) for item in items for words in _all_words(item))
    return {value for head, value in pairs if value and HEADS["responsible"].fullmatch(head)}


def _all_words(item: ItemReading) -> list[str]:
    return [words.text for words in item.said] + _bracketed(item.text)


def _bracketed(text: str) -> list[str]:
    found = IN_BRACKETS.search(text)
    return PARTS.split(found["words"]) if found else []


def split_said(words: str) -> tuple[str, str]:
    """("负责人", "张三") for 负责人：张三; an empty value where no colon divides the words."""
    cut = words.translate(FULL_WIDTH).find(":")
    head = words[: max(cut, 0)].translate(FULL_WIDTH).strip()
    return head, words[cut + 1 :].strip() if cut > 0 else ""


def take_said(made: PlanItem, item: ItemReading, people: People) -> list[tuple[int, str]]:
    """Put the words with the item, in its fields or behind its text; those that found a place."""
    placed, behind = [], []
    take_brackets(made, people)
    for words in item.said:
        head, value = split_said(words.text)
        if head == DETAIL and value:
            made.text = f"{made.text}：{value}"
        elif (head in DAY_HEADS and made.day is not None) or set_field(made, head, value, people):
            pass
        elif _stands_behind(head, value):
            behind.append(words.text)
        else:
            continue
        placed.append((words.line, words.text))
    if behind:
        made.text = f"{made.text}（{'；'.join(behind)}）"
    return placed


def _stands_behind(head: str, value: str) -> bool:
    named = head in ("日期", "时间", "周次") or is_other_column(head)
    return bool(value) and named and len(value) <= LONGEST_ASIDE


def take_brackets(made: PlanItem, people: People) -> None:
    """（负责人：张三） at the end of the text: into the fields, and out of the text if they took it."""
    parts = _bracketed(made.text)
    before = {name: getattr(made, name) for name in HEADS}
    if parts and all(set_field(made, *split_said(part), people) for part in parts):
        made.text = IN_BRACKETS.sub("", made.text)
        return
    for name, value in before.items():
        setattr(made, name, value)


def set_field(made: PlanItem, head: str, value: str, people: People) -> bool:
    """Whether an empty field of the item took the value; departments stand together."""
    if is_department(head, value) and value not in people:
        together = "、".join(filter(None, (made.co_organiser, value)))
        made.co_organiser = together if len(together) <= LONGEST_WORDS else made.co_organiser
        return made.co_organiser == together
    for name, heads in HEADS.items():
        found = heads.fullmatch(head)
        if found and value and not getattr(made, name):
            unit = found["unit"] if name == "budget" else ""
            setattr(made, name, _value(name, value, unit or "", people))
            return bool(getattr(made, name)) or getattr(made, name) == 0
    return False


def is_department(head: str, value: str) -> bool:
    """责任部门：办公室 · 负责人：女工委."""
    named = re.fullmatch(DEPARTMENT_HEAD, head) or HEADS["co_organiser"].fullmatch(head)
    who = HEADS["responsible"].fullmatch(head)
    return bool(value and named) or bool(who and DEPARTMENT.fullmatch(value))


def _value(name: str, value: str, unit: str, people: People):
    if name == "responsible":
        return people.get(value)
    if name == "budget":
        return read_money(value, unit)
    return value if len(value) <= LONGEST_WORDS else ""


def read_money(words: str, unit: str = "") -> Decimal | None:
    """2400 for 2400元, 2,400 or 0.24万元; `unit` is the column's, 万 in 经费（万元）."""
    found = MONEY.fullmatch(words.translate(FULL_WIDTH).strip())
    if not found:
        return None
    amount = Decimal(found["sum"].replace(",", "")) * UNITS[found["unit"] or unit]
    return amount.quantize(Decimal("0.01")) if amount < MOST_BUDGET else None
