"""Days off and school terms on their pages, and how a notice of the State Council comes in."""

from datetime import date

import pytest
from django.urls import reverse

from activities.actions.calendar import add_day_off, keep_year
from activities.choices import DayKind, Rhythm, Weekday
from activities.models import CalendarDay, Semester
from activities.notices import shipped_days
from activities.queries.days_off import days_of_year, days_off, holidays_between
from activities.rules.days_off import DayOff
from tests.factories.activities import make_item, make_plan
from tests.factories.calendar import make_semester
from tests.factories.members import make_user
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.periods import Period
from unionoffice.roles import Role

TODAY = date(2026, 11, 18)
MONTH = reverse("activities:calendar_month")
DAYS = reverse("activities:calendar_days")
IMPORT = reverse("activities:calendar_days_import")
NOTICE = (
    "国务院办公厅关于2027年部分节假日安排的通知\n"
    "一、元旦：1月1日（周五）至3日（周日）放假，共3天。\n二、春节：2月5日放假。2月7日上班。"
)


@pytest.fixture
def chair(office):
    return make_user(Role.CHAIR)


@pytest.fixture
def autumn(db) -> Semester:
    return Semester.objects.create(
        first_day=date(2026, 9, 1), last_day=date(2027, 1, 22), name="2026秋"
    )


# ------------------------------------------------------------------ days off
def test_a_year_of_which_nothing_is_kept_is_as_it_was_shipped(db):
    assert list(days_off(date(2026, 1, 1), date(2026, 12, 31)).values()) == list(shipped_days(2026))
    assert holidays_between(date(2026, 10, 1), date(2026, 10, 2)) == {
        date(2026, 10, 1): "国庆节",
        date(2026, 10, 2): "国庆节",
    }
    assert days_of_year(2027) == []


def test_a_day_added_to_a_shipped_year_keeps_the_others(chair):
    day = DayOff(date(2026, 12, 31), DayKind.HOLIDAY.value, "校庆")
    add_day_off(day=day, by=chair)
    assert CalendarDay.objects.count() == len(shipped_days(2026)) + 1
    with pytest.raises(RuleBroken, match="已经有安排了"):
        add_day_off(day=day, by=chair)


def test_a_notice_is_shown_first_then_landed_and_can_be_taken_back(log_in):
    client = log_in(Role.CHAIR)
    preview = client.post(IMPORT, {"text": NOTICE})
    assert preview.status_code == 200
    assert CalendarDay.objects.count() == 0
    assert "1月1日" in preview.content.decode()
    landed = client.post(IMPORT, {"text": NOTICE, "land": "yes", "source": "示例文号"}, follow=True)
    assert "2027 年放进去 5 天。" in landed.content.decode()
    rows = CalendarDay.objects.values_list("day", "kind", "name", "source")
    assert list(rows)[-1] == (date(2027, 2, 7), "workday", "春节", "示例文号")
    assert AuditEntry.objects.filter(act="activities.keep_days_off").count() == 1
    client.post(reverse("activities:calendar_days_undo"))
    assert CalendarDay.objects.count() == 0


def test_a_landing_over_days_kept_by_hand_gives_them_back_when_undone(log_in):
    client = log_in(Role.CHAIR)
    mine = DayOff(date(2027, 3, 8), DayKind.HOLIDAY.value, "妇女节", "本校")
    keep_year(year=2027, days=[mine], by=client.user)
    client.post(IMPORT, {"text": NOTICE, "land": "yes"})
    assert CalendarDay.objects.count() == 5
    client.post(reverse("activities:calendar_days_undo"))
    assert days_of_year(2027) == [mine]


def test_a_text_that_is_no_notice_is_refused_and_kept(log_in):
    page = log_in(Role.CHAIR).post(IMPORT, {"text": "放假三天"})
    assert page.status_code == 422
    assert "没写是哪一年" in page.content.decode()
    assert "放假三天" in page.content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_list_comes_in_as_a_file(kind, log_in):
    from io import BytesIO

    from django.core.files.uploadedfile import SimpleUploadedFile
    from openpyxl import Workbook

    if kind == "csv":
        content = "日期,安排,节日\n2027-01-01,放假,元旦\n".encode("gb18030")
    else:
        book, stream = Workbook(), BytesIO()
        book.active.append(["日期", "安排", "节日"])
        book.active.append([date(2027, 1, 1), "放假", "元旦"])
        book.save(stream)
        content = stream.getvalue()
    page = log_in(Role.CHAIR).post(IMPORT, {"file": SimpleUploadedFile(f"安排.{kind}", content)})
    assert [day.line for day in page.context["reading"].days] == ["2027-01-01 放假 元旦"]


def test_a_day_is_added_and_dropped_on_the_page(log_in):
    client = log_in(Role.CHAIR)
    create = reverse("activities:calendar_day_create")
    client.post(create, {"day": "2027-05-04", "kind": "holiday", "name": "校运会"})
    client.post(create, {"day": "2027-05-08", "kind": "workday", "name": "校运会"})
    assert [day.line for day in days_of_year(2027)] == [
        "2027-05-04 放假 校运会",
        "2027-05-08 上班 校运会",
    ]
    client.post(reverse("activities:calendar_day_drop"), {"day": "2027-05-04"})
    assert [day.line for day in days_of_year(2027)] == ["2027-05-08 上班 校运会"]
    assert client.post(create, {"day": "", "kind": "holiday", "name": ""}).status_code == 422
    wrong = client.post(reverse("activities:calendar_day_drop"), {"day": "昨天"}, follow=True)
    assert "没有这一天" in wrong.content.decode()


def test_a_year_without_its_notice_says_so_and_shows_what_the_law_gives(log_in):
    html = log_in(Role.MEMBER).get(f"{DAYS}?year=2027").content.decode()
    assert "2027 年的放假通知还没有导入" in html
    assert "5月2日" in html


def test_in_a_year_without_its_notice_the_days_of_the_law_still_take_a_meeting(log_in):
    Semester.objects.create(first_day=date(2027, 9, 1), last_day=date(2028, 1, 20), name="2027秋")
    plan = make_plan(Period.year(2027))
    weekly = {"rhythm": Rhythm.WEEKLY, "weekday": Weekday.FRIDAY}
    make_item(plan, "2027-10", "政治学习", **weekly)
    page = log_in(Role.CHAIR).get(f"{MONTH}?month=2027-10")
    assert "2027 年的放假通知还没有导入" in page.content.decode()
    left_out = page.context["beside"].left_out
    assert [(each.first, each.off) for each in left_out] == [(date(2027, 10, 1), "国庆节")]
    assert "还没有导入" not in log_in(Role.CHAIR).get(f"{MONTH}?month=2026-10").content.decode()


# ------------------------------------------------------------------ terms
def test_a_term_is_added_changed_dropped_and_put_back(log_in):
    client = log_in(Role.CHAIR)
    term = {"name": "2026秋", "first_day": "2026-09-01", "last_day": "2027-01-22"}
    client.post(reverse("activities:semester_create"), term)
    semester = Semester.objects.get()
    form = client.get(reverse("activities:semester_update", args=[semester.pk]))
    assert form.status_code == 200
    changed = term | {"last_day": "2027-01-29"}
    client.post(reverse("activities:semester_update", args=[semester.pk]), changed)
    assert Semester.objects.get().last_day == date(2027, 1, 29)
    client.post(reverse("activities:semester_drop", args=[semester.pk]))
    assert not Semester.objects.exists()
    client.post(reverse("activities:semester_restore"))
    assert Semester.objects.get().name == "2026秋"


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        ("2027-01-20", "2027-06-30", "有重叠的日子"),
        ("2027-03-01", "2027-02-01", "学期的最后一天早于第一天"),
        ("2027-03-01", "2027-04-18", "只有 7 周，一个学期至少 8 周"),
        ("2027-09-01", "2029-08-01", "有 101 周，一个学期最多 30 周"),
    ],
)
def test_a_term_that_can_not_be_is_refused(first, last, sentence, log_in, autumn):
    client = log_in(Role.CHAIR)
    term = {"name": "2027春", "first_day": first, "last_day": last}
    page = client.post(reverse("activities:semester_create"), term)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert Semester.objects.count() == 1


def test_a_term_over_the_turn_of_the_year_names_both_years(log_in, autumn):
    make_semester("2027-02-24", "2027-07-03")
    page = log_in(Role.MEMBER).get(DAYS).content.decode()
    assert "2026年9月1日至2027年1月22日，21 周" in page
    assert "2027年2月24日至7月3日，19 周" in page


def test_a_day_of_another_year_is_not_among_the_days_of_a_year(chair):
    days = [DayOff(date(2027, 1, 1), DayKind.HOLIDAY, "元旦")]
    with pytest.raises(RuleBroken, match="2027年1月1日不是 2026 年的日子，改成 2026 年的。"):
        keep_year(year=2026, days=days, by=chair)
    assert not CalendarDay.objects.exists()
