"""What the roster puts on the home page."""

from collections.abc import Iterable
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from members.facts import active_fact, roster_totals, status_day
from members.models import Application, User
from members.queries import term_running_out, unread_by, with_whole_roster
from members.queries.corrections import waiting_corrections
from members.queries.forecasts import ahead
from members.queries.membership import own_applications, waiting_applications
from members.retirement import months_ahead
from members.term_rules import time_left
from unionoffice.home import DateAhead, HomeFigure, HomeMessage, HomePart, Todo
from unionoffice.periods import Period, chinese_date, last_day

BIRTHDAYS, RETIREMENTS = 7, 3  # days, months
NAMED = 2  # names that a line tells
MESSAGES = 5  # that stand there at a time; when they are read the next come


def home_part(user: User, today: date, period: Period) -> HomePart:
    """How many 会员 there are, for those who may see the whole roster; whose day is ahead, for
    those who look after the roster or a group."""
    dates = tuple(_ahead(user, today)) if user.has_perm("members.view_members") else ()
    if not with_whole_roster(user):
        return HomePart(dates=dates)
    day = status_day(period, today)
    fact = active_fact(roster_totals(day), day)
    return HomePart(figures=(HomeFigure(fact.label, fact),), dates=dates)


def messages_part(user: User, today: date, period: Period) -> HomePart:
    """What was written to the user and is not read yet."""
    return HomePart(
        messages=tuple(
            HomeMessage(
                text=delivery.message.text,
                sender=str(delivery.message.sent_by),
                at=delivery.message.sent_at,
                read_url=reverse("members:message_read", args=[delivery.pk]),
            )
            for delivery in unread_by(user)[:MESSAGES]
        )
    )


def applications_part(user: User, today: date, period: Period) -> HomePart:
    """Who asks to join, in one line, for those who decide; for a colleague, the way to join."""
    todos = []
    if user.has_perm("members.move_members"):
        todos += _asking(list(waiting_applications()), today)
    if user.has_perm("members.apply") and not own_applications(user).exists():
        todos.append(_invitation(today))
    return HomePart(todos=tuple(todos))


def corrections_part(user: User, today: date, period: Period) -> HomePart:
    """Who says that the own entry is wrong, in one line, for those who keep the roster."""
    if not user.has_perm("members.manage_members"):
        return HomePart()
    waiting = list(waiting_corrections().select_related("member"))
    if not waiting:
        return HomePart()
    url = reverse("members:correction_list")
    words = _people([(timezone.localdate(row.sent_at), str(row.member)) for row in waiting])
    sent = f"最早的{chinese_date(timezone.localdate(waiting[0].sent_at))}送来"
    return HomePart(todos=(Todo("更正", f"{words}说资料不对", sent, url, today, "去看看", url),))


def terms_part(user: User, today: date, period: Period) -> HomePart:
    """A committee whose term runs out, for those who prepare the next election."""
    term = term_running_out(today) if user.has_perm("members.manage_terms") else None
    if term is None:
        return HomePart()
    title = f"{term}任期到{chinese_date(term.planned_end)}，{time_left(term.planned_end, today)}"
    todo = Todo(
        "换届",
        title,
        "先向上级工会请示，批复以后再选",
        reverse("members:term_list"),
        term.planned_end,
        "设新一届",
        reverse("members:term_create"),
        late=term.planned_end < today,
    )
    return HomePart(todos=(todo,))


def _asking(waiting: list[Application], today: date) -> list[Todo]:
    if not waiting:
        return []
    url = reverse("members:application_list")
    words = _people([(row.applied_on, str(row.member)) for row in waiting])
    asked = f"最早的{chinese_date(waiting[0].applied_on)}申请，等委员会定"
    return [Todo("入会", f"{words}申请入会", asked, url, today, "去批准", url)]


def _invitation(today: date) -> Todo:
    url = reverse("members:my_application")
    text = "自愿加入，手机上填一下就行，由工会委员会批准"
    end = last_day(today.year, today.month)
    return Todo("入会", "您还不是工会会员", text, url, end, "申请入会", url)


def _ahead(user: User, today: date) -> Iterable[DateAhead]:
    """A line for the birthdays of a week, and one for who retires this month and the next two."""
    months = months_ahead(today, RETIREMENTS)
    last = today + timedelta(days=BIRTHDAYS - 1)
    found = ahead(user, today, last, months)
    if found.birthdays:
        words = f"{BIRTHDAYS} 天内 {_people(found.birthdays)}过生日"
        yield DateAhead(found.birthdays[0][0], words, _url("birthday_list", when=BIRTHDAYS))
    if found.retiring and user.has_perm("members.view_forecasts"):
        words = f"{RETIREMENTS} 个月内 {_people(found.retiring)}到退休年龄"
        yield DateAhead(found.retiring[0][0], words, _url("retirement_list", period=months.code))


def _people(days: list[tuple[date, str]]) -> str:
    """1 人（张三）; 8 人（张三、李四等）."""
    names = "、".join(name for _, name in days[:NAMED])
    return f"{len(days)} 人（{names}{'等' if len(days) > NAMED else ''}）"


def _url(view: str, **query) -> str:
    return f"{reverse(f'members:{view}')}?{urlencode(query)}"
