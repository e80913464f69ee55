"""The pages of activities: a usual year, and one of 2,000 activities, against the bare list."""

from pathlib import Path

from django.db.models import Count, Model, QuerySet
from django.urls import reverse
from django.utils import timezone
from offices import Sizes, Year, open_full_year, open_office
from pages import Page, chair_client, page, row_of
from timing import markdown

from activities.actions.calendar import open_feed
from activities.models import Activity, Plan
from members.models import Member


def table(room: Path, sizes: Sizes, year: Year, requests: int) -> str:
    """`requests`: at most fifty, since a phone's calendar is not given out much oftener an hour."""
    open_office(room, sizes.small)
    usual = measured(requests)
    open_full_year(room, sizes.small, year)
    full = measured(requests)
    columns = (
        "活动的页面",
        "CPU 毫秒（平常一年）",
        "空白列表的几倍",
        f"CPU 毫秒（一年 {year.activities} 场）",
        "空白列表的几倍",
        "满年 / 平常",
        "查询（平常 / 满年）",
        "字节",
    )
    return markdown("活动", columns, map(row_of, usual, full))


def measured(requests: int) -> list[Page]:
    client = chair_client()
    return [page(client, label, url, requests) for label, url in addresses(client.user).items()]


def addresses(chair) -> dict[str, str]:
    """Of each kind of page the one that holds most."""
    year = timezone.localdate().year
    held = Activity.objects.standing().filter(day__year=year)
    activity = fullest(held, "participations")
    person = fullest(Member.objects.all(), "participations")
    return {
        "计划看板": address("plan_detail", Plan.objects.get(start=f"{year}-01-01").pk),
        "月历": f"{address('calendar_month')}?month={year}-10",
        "周表": f"{address('calendar_week')}?day={year}-10-15",
        "活动列表": f"{address('activity_list')}?period={year}",
        "一场活动": address("activity_detail", activity.pk),
        "一场活动的照片": address("photo_list", fullest(held, "photos").pk),
        "参加情况": f"{address('attendance_list')}?period={year}",
        "一个人参加的活动": address("attendance_member", person.pk),
        "大事记": f"{address('chronicle')}?period={year}",
        "手机日历": address("calendar_ics", open_feed(by=chair)),
    }


def address(name: str, *args) -> str:
    return reverse(f"activities:{name}", args=args)


def fullest(rows: QuerySet, beside: str) -> Model:
    return rows.annotate(number=Count(beside)).order_by("-number", "pk").first()
