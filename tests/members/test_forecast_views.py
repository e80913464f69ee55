"""The lists of what is ahead in the browser, and as files."""

import csv
import io
from datetime import date

import pytest
from django.utils import timezone

from members.choices import Gender
from tests.factories.members import make_department, make_group, make_member
from tests.factories.welfare import make_visit
from unionoffice.models import AuditEntry
from unionoffice.roles import Role

TODAY = date(2026, 11, 22)
RETIREMENTS = "/members/retirements/"
BIRTHDAYS = "/members/birthdays/"
MILESTONES = "/members/milestones/"
MAN = {"gender": Gender.MALE, "employment": "working"}
WOMAN = {"gender": Gender.FEMALE, "employment": "working"}


@pytest.fixture(autouse=True)
def _a_fixed_day(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *moment: TODAY)


@pytest.fixture
def chair(log_in):
    return log_in(Role.CHAIR)


def shown(response) -> list[str]:
    return [row.name for row in response.context["rows"]]


def counts(response) -> dict[str, int]:
    return {key: count for key, _, count in response.context["tabs"]}


def table(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))


@pytest.mark.parametrize("people", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        (RETIREMENTS, 7),
        (f"{RETIREMENTS}?tab=over", 7),
        (f"{RETIREMENTS}?tab=unknown", 7),
        (f"{BIRTHDAYS}?when=5", 8),
        (f"{BIRTHDAYS}?when=5&by=group", 8),
        (MILESTONES, 8),
        (f"{MILESTONES}?tab=here", 8),
    ],
)
def test_the_lists_take_the_same_queries_for_one_and_for_many(
    chair, address, queries, people, django_assert_num_queries
):
    for number in range(1, people + 1):
        places = {"group": make_group(), "department": make_department()}
        began = {"work_began": date(2016, 9, number), "arrived": date(2016, 9, number)}
        make_member(birth=date(1967, 1, number), **MAN, **places, **began)
        make_member(birth=date(1960, 5, number), **MAN, **places)
        make_member(**MAN, **places)
    with django_assert_num_queries(queries):
        response = chair.get(address)
    assert len(response.context["rows"]) == people


def test_retirement_list_tells_day_age_window_service_and_source(chair):
    make_member("张三", birth=date(1967, 3, 12), work_began=date(1989, 8, 1), **MAN)
    response = chair.get(RETIREMENTS)
    (row,) = response.context["rows"]
    for words in (
        "2026年11月到2027年10月，1 人到法定退休年龄",
        "2027年10月12日",
        "60 岁 7 个月",
        "2027年3月12日 到 2030年10月12日",
        "38 年",
        "关于实施渐进式延迟法定退休年龄的决定（2024年9月13日通过，2025年1月1日起施行）",
    ):
        assert words in response.text
    assert (row.month_text, row.remarks) == ("2027年10月", [])


def test_retirement_list_has_a_tab_for_who_is_over_the_day_and_one_for_who_lacks_a_birth(chair):
    make_member("张三", birth=date(1966, 5, 1), **WOMAN)
    make_member("李四", **MAN)
    make_member("王五", birth=date(1966, 5, 1), employment="working")
    over = chair.get(RETIREMENTS, {"tab": "over"})
    assert counts(over) == {"due": 0, "over": 1, "unknown": 2}
    assert shown(over) == ["张三"]
    assert "没有登记退休年龄，按原 55 岁算" in over.text
    unknown = chair.get(RETIREMENTS, {"tab": "unknown"})
    assert [(row.name, row.remarks) for row in unknown.context["rows"]] == [
        ("李四", ["缺出生日期，算不出"]),
        ("王五", ["缺性别，算不出"]),
    ]


def test_the_button_leads_to_the_retirement_for_who_may_do_it(chair, log_in):
    member = make_member(birth=date(1966, 5, 1), **MAN)
    button = f'href="/members/{member.pk}/moves/retire/">办退休'
    assert button in chair.get(RETIREMENTS, {"tab": "over"}).text
    assert button not in log_in(Role.CULTURE).get(RETIREMENTS, {"tab": "over"}).text


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["张三"]),
        ({"period": "2028"}, ["李四"]),
        ({"since": "2028-01"}, ["李四"]),
        ({"until": "2028-12"}, ["张三", "李四"]),
        ({"since": "2027-10", "until": "2027-10"}, ["张三"]),
        ({"since": "2027-11", "until": "2027-12"}, []),
        ({"period": "2028", "since": "2027-10", "until": "2027-10"}, ["张三"]),
    ],
)
def test_the_months_come_from_the_address(chair, query, names):
    make_member("张三", birth=date(1967, 3, 12), **MAN)
    make_member("李四", birth=date(1967, 12, 12), **MAN)  # 2028-07
    assert shown(chair.get(RETIREMENTS, query)) == names


@pytest.mark.parametrize("period", ["1949", "2099", "2040-01-01..2049-12-31"])
def test_the_first_and_last_years_of_the_records_can_be_asked_for(chair, period):
    make_member(birth=date(1967, 3, 12), **MAN)
    assert chair.get(RETIREMENTS, {"period": period}).status_code == 200
    assert chair.get(MILESTONES, {"period": period}).status_code == 200


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"since": "2027-10", "until": "2027-09"}, "晚于结束日期"),
        ({"since": "2027-13"}, "没有“2027-13”这个月，写成 2026-03 这样。"),
        ({"since": "9999-06"}, "9999-06 不在 1949 到 2099 年之间，检查年份。"),
        ({"until": "1900-06"}, "1900-06 不在 1949 到 2099 年之间，检查年份。"),
        ({"since": "2026-01", "until": "2046-01"}, "太长，一段期间最多 10 年，分几段看。"),
        ({"tab": "x"}, "没有这一页，从上面的几页里选。"),
        ({"period": "x"}, "看不懂期间“x”"),
    ],
)
def test_what_cannot_be_read_is_said(chair, query, words):
    response = chair.get(RETIREMENTS, query)
    assert response.status_code == 422
    assert words in response.text


def test_retirement_export_holds_the_rows_of_the_list_and_leaves_a_trace(chair):
    group, department = make_group("第一工会小组"), make_department("数学组")
    places = {"group": group, "department": department, "work_began": date(1989, 8, 1)}
    make_member("张三", staff_no="8901", birth=date(1967, 3, 12), **MAN, **places)
    rows = table(chair.get(f"{RETIREMENTS}export/?format=csv"))
    (row,) = rows[1:]
    assert row[:7] == ["8901", "张三", "男", "1967-03-12", "数学组", "第一工会小组", ""]
    assert row[7:] == [
        "60 岁 7 个月",
        "2027年10月12日",
        "2027年3月12日",
        "2030年10月12日",
        "38",
        "",
    ]
    entry = AuditEntry.objects.latest("number")
    assert entry.act == "members.export_forecasts"
    assert entry.changes["rows"] == 1


def test_birthday_list_shows_this_month_or_the_days_asked_for(chair):
    make_member("张三", birth=date(1976, 11, 25))
    make_member("李四", birth=date(1980, 11, 2))
    make_member("王五", birth=date(1980, 12, 10))
    make_member("赵六")
    month = chair.get(BIRTHDAYS)
    assert shown(month) == ["李四", "张三"]
    assert "11月过生日的有 2 人" in month.text
    assert "另有 1 人没有记生日" in month.text
    assert "50 岁" in month.text
    assert "整寿" in month.text
    assert shown(chair.get(BIRTHDAYS, {"when": "7"})) == ["张三"]
    assert shown(chair.get(BIRTHDAYS, {"when": "30"})) == ["张三", "王五"]
    assert shown(chair.get(BIRTHDAYS, {"when": "12"})) == ["王五"]


def test_birthday_list_refuses_days_that_it_does_not_offer(chair):
    response = chair.get(BIRTHDAYS, {"when": "13"})
    assert response.status_code == 422
    assert "没有这一页，从上面的几页里选。" in response.text


def test_someone_born_on_29_february_has_the_birthday_on_the_28th_of_a_shorter_year(chair):
    make_member("张三", birth=date(1988, 2, 29))
    (row,) = chair.get(BIRTHDAYS, {"when": "2"}).context["rows"]
    assert (row.day_text, row.age) == ("2月29日，2026年在28日过", 38)


def test_a_group_leader_sees_the_own_group_without_ages_and_takes_it_away(log_in):
    mine = make_group()
    make_member("张三", birth=date(1976, 11, 25), group=mine)
    make_member("李四", birth=date(1976, 11, 26), group=make_group())
    leader = log_in(Role.GROUP_LEADER)
    holding = leader.user.member.offices.get()
    holding.group = mine
    holding.save()
    response = leader.get(BIRTHDAYS)
    assert shown(response) == ["张三"]
    assert "50 岁" not in response.text
    rows = table(leader.get(f"{BIRTHDAYS}export/?format=csv"))
    assert rows == [
        ["姓名", "工会小组", "部门", "生日", "签领"],
        ["张三", mine.name, "", "11月25日", ""],
    ]
    assert leader.get(RETIREMENTS).status_code == 403


def test_milestone_list_has_years_at_work_at_the_school_and_who_is_new(chair):
    make_member("张三", work_began=date(1996, 9, 1), arrived=date(2006, 8, 25), **MAN)
    make_member("李四", work_began=date(2026, 7, 1), arrived=date(2026, 8, 25), **MAN)
    make_member("王五", **MAN)
    work = chair.get(MILESTONES)
    assert [(row.name, row.years, row.began_text) for row in work.context["rows"]] == [
        ("张三", 30, "1996年9月1日")
    ]
    assert "另有 1 人没有记参加工作时间，算不出" in work.text
    here = chair.get(MILESTONES, {"tab": "here"})
    assert [(row.name, row.years) for row in here.context["rows"]] == [("张三", 20)]
    assert shown(chair.get(MILESTONES, {"tab": "new"})) == ["李四"]
    assert shown(chair.get(MILESTONES, {"tab": "new", "period": "2025"})) == []


def test_milestone_export_holds_the_rows_of_the_list(chair):
    make_member("张三", staff_no="9601", work_began=date(1996, 9, 1), **MAN)
    rows = table(chair.get(f"{MILESTONES}export/?format=csv"))
    assert rows == [
        ["工号", "姓名", "部门", "工会小组", "职称", "参加工作", "满几年"],
        ["9601", "张三", "", "", "", "1996-09-01", "30"],
    ]
    refused = chair.get(f"{MILESTONES}export/?tab=joys")
    assert refused.url == MILESTONES


def test_weddings_and_births_come_from_the_visits_and_the_look_leaves_a_trace(chair):
    bride = make_member("张三", group=make_group("第一工会小组"))
    make_visit(bride, kind="wedding", relation="self", day=date(2026, 5, 1))
    make_visit(make_member("李四"), kind="wedding", relation="child", day=date(2026, 5, 1))
    make_visit(make_member("王五"), kind="birth", relation="spouse", day=date(2026, 3, 1))
    make_visit(make_member("赵六"), kind="illness", day=date(2026, 3, 1))
    make_visit(make_member("钱七"), kind="birth", relation="self", voided="记重了")
    response = chair.get(MILESTONES, {"tab": "joys"})
    rows = response.context["rows"]
    assert [(row.name, row.what, row.place) for row in rows] == [
        ("张三", "结婚", "第一工会小组"),
        ("王五", "生育", ""),
    ]
    entry = AuditEntry.objects.latest("number")
    assert (entry.act, entry.changes["rows"]) == ("welfare.view_visits", 2)


def test_who_may_not_see_visits_has_no_page_of_weddings_and_births(log_in):
    make_visit(make_member("张三"), kind="wedding", relation="self", day=date(2026, 5, 1))
    client = log_in(Role.ORGANISATION)
    assert "结婚、生育" not in client.get(MILESTONES).text
    refused = client.get(MILESTONES, {"tab": "joys"})
    assert refused.status_code == 422
    assert "张三" not in refused.text
    assert not AuditEntry.objects.filter(act="welfare.view_visits").exists()


def test_the_page_of_a_person_tells_when_the_law_lets_go(chair):
    member = make_member(birth=date(1971, 4, 5), **WOMAN)
    text = chair.get(f"/members/{member.pk}/").text
    for words in (
        "55 岁 4 个月",
        "2026年8月5日",
        "2026年4月5日",
        "2029年8月5日",
        "没有登记退休年龄，按原 55 岁算",
        "（最早那年是 15 年）",
        "渐进式延迟法定退休年龄的决定",
    ):
        assert words in text


def test_the_page_of_a_retired_person_forecasts_nothing(chair):
    member = make_member(birth=date(1961, 4, 5), gender=Gender.FEMALE, employment="retired")
    assert "法定年龄" not in chair.get(f"/members/{member.pk}/").text
