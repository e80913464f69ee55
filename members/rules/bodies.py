"""领导小组、工作小组: who may be put in and taken out, and when. Pure."""

from datetime import date

from members.choices import SeatRole
from unionoffice.errors import RuleBroken
from unionoffice.periods import chinese_date

# what was done to one that may be taken back a moment later
SET_UP = "members.add_working_group"
OF_PEOPLE = ("members.seat_people", "members.unseat", "members.drop_seat")
ORDER = {role: place for place, role in enumerate(SeatRole.values)}


def check_open(name: str, end: date | None) -> None:
    if end:
        raise RuleBroken(f"{name}到{chinese_date(end)}就撤销了，要改先恢复。")


def check_within(name: str, day: date, start: date, today: date) -> None:
    if day > today:
        raise RuleBroken("日子写到今天为止。")
    if day < start:
        raise RuleBroken(f"{name}{chinese_date(start)}才成立，日子不能更早。")


def check_out(who: str, day: date, start: date | None, today: date) -> None:
    if day > today:
        raise RuleBroken("日子写到今天为止。")
    if start and day < start:
        raise RuleBroken(f"{who}{chinese_date(start)}才进来，最后一天不能更早。")
