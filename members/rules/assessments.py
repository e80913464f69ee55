"""考核: the list of goals as one writes it, line by line. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import astuple, dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from unionoffice.errors import RuleBroken

# what is usually written as the result (a word of one's own may be written as well)
USUAL_RESULTS = ("优秀", "良好", "合格", "基本合格", "不合格", "称职", "基本称职", "不称职")
USUAL_TOPICS = ("师德考核", "量化考核", "年度考核")
WHOLE = "得分"  # the one goal of an assessment that has a score and no goals
MOST_ITEMS, LONGEST_SCORE, HIGHEST_SCORE = 60, 10, 1000
TAKEN_OFF = "扣"  # in the name of a goal whose score may be below 0
SEPARATOR, FULL_WIDTH = "|", "｜"


@dataclass(frozen=True)
class Item:
    """One goal, what became of it, and the score, which may be a word."""

    goal: str
    done: str = ""
    score: str = ""


def read_items(text: str) -> tuple[Item, ...]:
    """A line each: 目标 | 完成情况 | 得分; what stands last may be left out. Raises RuleBroken."""
    lines = enumerate(text.replace(FULL_WIDTH, SEPARATOR).splitlines(), start=1)
    items = tuple(_read_item(number, line) for number, line in lines if line.strip())
    if len(items) > MOST_ITEMS:
        raise RuleBroken(f"目标有 {len(items)} 条，最多写 {MOST_ITEMS} 条，多的放附件。")
    return items


def _read_item(number: int, line: str) -> Item:
    parts = [part.strip() for part in line.split(SEPARATOR)]
    if len(parts) > 3:
        raise RuleBroken(f"第 {number} 行有 {len(parts)} 段，一行只写“目标 | 完成情况 | 得分”。")
    item = Item(*parts)
    if not item.goal:
        raise RuleBroken(f"第 {number} 行没有写目标，写成“目标 | 完成情况 | 得分”。")
    if len(item.score) > LONGEST_SCORE:
        raise RuleBroken(f"第 {number} 行的得分太长，写数字或几个字。")
    if why := problem_of_score(item):
        raise RuleBroken(f"第 {number} 行，{why}")
    return item


def number_in(score: str) -> Decimal | None:
    """None of a word."""
    try:
        number = Decimal(score)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def problem_of_score(item: Item, full: Decimal | None = None) -> str:
    """Why a number can't be the score, where `full` is the most that one may get; "" if it can."""
    number = number_in(item.score)
    if number is None:
        return ""
    if full is not None and number > full:
        return f"“{item.goal}”写的是 {item.score}，满分是 {full}。"
    if number > HIGHEST_SCORE:
        return f"“{item.goal}”写的是 {item.score}，最多 {HIGHEST_SCORE}。"
    if number < 0 and TAKEN_OFF not in item.goal:
        return f"“{item.goal}”写的是 {item.score}，不能是负数；扣分的一项，名称里写“扣分”。"
    return ""


def written(items: Iterable[Item]) -> str:
    """As read_items reads it back."""
    return "\n".join(f" {SEPARATOR} ".join(astuple(i)).rstrip(f" {SEPARATOR}") for i in items)


def items_from(stored: Iterable[Iterable[str]]) -> tuple[Item, ...]:
    return tuple(Item(*row) for row in stored)


def rows_of(items: Iterable[Item]) -> list[list[str]]:
    """As the record keeps them."""
    return [list(astuple(item)) for item in items]


def total_score(items: Iterable[Item]) -> Decimal | None:
    """None unless each goal has a number for its score."""
    scores = [number_in(item.score) for item in items]
    return sum(scores) if scores and None not in scores else None


def one_score(score: str) -> Item:
    return Item(WHOLE, "", score)


def only_score(items: Collection[Item]) -> str:
    """The score of an assessment that has nothing else; "" of any other."""
    first = next(iter(items), None)
    alone = len(items) == 1 and first.goal == WHOLE and not first.done
    return first.score if alone else ""


def check_new_person(who: Collection[str], topic: str) -> None:
    if who:
        raise RuleBroken(f"{'、'.join(who)}这一期的{topic}已经记过了，要改到那一条里改。")


def check_day(day: date, period_start: date, today: date) -> None:
    if day > today:
        raise RuleBroken("考核的日期还没到，考核过了再记。")
    if day < period_start:
        raise RuleBroken("考核的日期早于考核的那一期，看看年份。")


def check_standing(name: str, *, voided: bool) -> None:
    if voided:
        raise RuleBroken(f"{name}已经作废了，不能再改。")
