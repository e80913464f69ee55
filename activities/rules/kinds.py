"""What may be written beside an activity of some kinds: what was learned, what was mended. Pure."""

from datetime import date
from decimal import Decimal

from unionoffice.errors import RuleBroken
from unionoffice.periods import chinese_date

MOST_COURSES = 500  # in one record; more is a slip of the finger
MOST_HOURS = 1000
MOST_PAPERS = 100_000

LESS_THAN_ONE = "{word}至少是 1；不知道就留空。"
TOO_MANY = "{word}写了 {number}，超过 {most}，看看是不是多按了几个零。"


def check_courses(courses: int | None) -> None:
    if courses is not None and courses < 1:
        raise RuleBroken(LESS_THAN_ONE.format(word="期数"))
    _check_most("期数", courses, MOST_COURSES)


def check_study_hours(hours: Decimal | None) -> None:
    if hours is not None and hours <= 0:
        raise RuleBroken("学时要大于 0，例如 2 或 1.5；不知道就留空。")
    _check_most("学时", hours, MOST_HOURS)


def check_papers(papers: int | None) -> None:
    _check_most("文章、答卷", papers, MOST_PAPERS)


def _check_most(word: str, number: Decimal | int | None, most: int) -> None:
    if number is not None and number > most:
        raise RuleBroken(TOO_MANY.format(word=word, number=number, most=most))


def check_mended(found: date, mended: date | None, today: date) -> None:
    if mended and mended > today:
        raise RuleBroken(f"{chinese_date(mended)}还没到，整改好了再记。")
    if mended and mended < found:
        raise RuleBroken(f"整改好的日子早于检查那天（{chinese_date(found)}），核对一下。")
