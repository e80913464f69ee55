"""Terms: how long, in which order, closed and opened again; what a count says."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from members import actions, queries
from members.models import OfficeHolding, Term
from members.rules.terms import (
    USUAL,
    Advice,
    Standing,
    advice,
    runs_out_soon,
    term_end,
    time_left,
    years_of,
)
from tests.factories.members import make_member, make_user
from tests.factories.terms import make_election, make_term
from unionoffice.errors import RuleBroken
from unionoffice.roles import Role

START = date(2023, 3, 1)


@pytest.mark.parametrize(
    ("start", "years", "end"),
    [
        (date(2023, 3, 1), 3, date(2026, 2, 28)),
        (date(2023, 3, 1), 5, date(2028, 2, 29)),
        (date(2024, 2, 29), 3, date(2027, 2, 27)),
        (date(2026, 1, 1), 5, date(2030, 12, 31)),
    ],
)
def test_a_term_ends_the_day_before_its_anniversary(start, years, end):
    assert term_end(start, years) == end
    assert years_of(start, end) == years


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2024, 11, 30), "还有 1 年 3 个月"),
        (date(2026, 1, 30), "还有 1 个月"),
        (date(2026, 2, 1), "还有 27 天"),
        (date(2026, 2, 28), "今天到期"),
        (date(2026, 3, 10), "超期 10 天"),
        (date(2027, 5, 1), "超期 1 年 2 个月"),
        (date(2024, 2, 28), "还有 2 年"),
    ],
)
def test_how_much_of_a_term_is_left_is_said_in_words(today, words):
    assert time_left(date(2026, 2, 28), today) == words


def test_a_term_runs_out_soon_from_six_months_before():
    assert not runs_out_soon(date(2026, 8, 31), date(2026, 2, 27))
    assert runs_out_soon(date(2026, 8, 28), date(2026, 2, 28))
    assert runs_out_soon(date(2026, 1, 1), date(2026, 2, 28))


def count(kind="general", **numbers):
    names = ("entitled", "present", "ballots_issued", "ballots_returned", "ballots_valid")
    return SimpleNamespace(kind=kind, **(dict.fromkeys(names) | numbers))


def said(election, standing=(), members=0) -> list[str]:
    return [line.text for line in advice(election, standing, members)]


def test_where_no_number_is_known_nothing_is_said():
    elected = [Standing("甲一", "chair", "工会主席", None, True)]
    assert said(count(), elected) == []
    assert said(count(entitled=120), elected) == []
    assert said(count(present=100), elected) == []


def test_two_thirds_have_to_be_present_at_a_general_election():
    fewer = "应到 120 人，实到 79 人，不够三分之二（要 80 人），不能进行选举。"
    assert advice(count(entitled=120, present=79), (), 0) == [Advice(fewer, "warn", USUAL)]
    enough = "应到 120 人，实到 80 人，够三分之二，可以选举。"
    assert advice(count(entitled=120, present=80), (), 0) == [Advice(enough, "good", USUAL)]
    assert said(count("by_election", entitled=120, present=10)) == []


def test_two_thirds_of_a_number_that_three_does_not_part_are_the_next_one_up():
    assert said(count(entitled=100, present=66)) == [
        "应到 100 人，实到 66 人，不够三分之二（要 67 人），不能进行选举。"
    ]
    assert said(count(entitled=100, present=67)) == [
        "应到 100 人，实到 67 人，够三分之二，可以选举。"
    ]


def test_more_than_half_of_the_votes_are_needed():
    def votes(number):
        return [Standing("甲一", "chair", "工会主席", number, True)]

    room = {"kind": "by_election", "entitled": 120, "present": 100}
    assert said(count(**room), votes(50)) == [
        "甲一（工会主席）得 50 票，没有过实到 100 人的一半（要 51 票），不能当选。"
    ]
    assert said(count(**room), votes(60)) == [
        "甲一（工会主席）得 60 票，过了实到人数的一半，没有过应到 120 人的一半。"
        "不少选举办法按应到人数算，对照上级批准的选举办法。"
    ]
    assert said(count(**room), votes(61)) == []
    assert said(count(**room), votes(101)) == [
        "甲一（工会主席）得 101 票，比选票 100 张还多，核对一下。"
    ]


def test_ballots_that_do_not_add_up_are_told():
    numbers = {"present": 90, "ballots_issued": 95, "ballots_returned": 96, "ballots_valid": 97}
    assert said(count(**numbers)) == [
        "收回选票 96 张，比发出的 95 张多，这次选举无效，要重新选。",
        "有效选票 97 张，比收回的 96 张多，核对一下。",
        "发出选票 95 张，比实到的 90 人多，核对一下。",
    ]


def test_who_has_more_votes_and_was_not_elected_is_told():
    standing = [
        Standing("甲一", "welfare", "福利委员", 40, True),
        Standing("乙二", "welfare", "福利委员", 41, False),
        Standing("丙三", "chair", "工会主席", 99, False),
    ]
    assert said(count("by_election"), standing) == [
        "乙二（福利委员）得 41 票没有当选，甲一得 40 票当选了，核对一下。"
    ]


def committee(seats: int) -> list[Standing]:
    return [Standing(f"示例{n}", "officer", "工会委员", None, True) for n in range(seats)]


@pytest.mark.parametrize(
    ("members", "seats", "tone", "odd"),
    [
        (300, 7, "good", True),
        (300, 8, "warn", False),
        (150, 9, "warn", True),
        (40, 5, "good", True),
    ],
)
def test_the_number_of_seats_is_put_beside_both_sources(members, seats, tone, odd):
    (line,) = advice(count(), committee(seats), members)
    assert line.tone == tone
    assert line.text.startswith(f"选出工会委员会 {seats} 人。会员 {members} 人的学校，《工会基层")
    assert line.text.endswith("以上级批复为准。") == odd


def test_in_a_very_small_union_nothing_is_said_of_seats():
    assert said(count(), committee(1), members=20) == []


pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return make_user(Role.ADMIN)


def term(number: int, start: date = START, years: int = 3) -> Term:
    return Term(number=number, start=start, planned_end=term_end(start, years))


def refused(action, **values) -> str:
    with pytest.raises(RuleBroken) as refusal:
        action(**values)
    return str(refusal.value)


def test_a_term_takes_those_who_hold_an_office_of_no_term(admin):
    chair = make_member("甲一").offices.create(office="chair", start=date(2022, 1, 1))
    leader = make_member("乙二").offices.create(office="school_leader", start=date(2022, 1, 1))
    eighth = actions.add_term(term=term(8), by=admin, take_current=True)
    chair.refresh_from_db()
    leader.refresh_from_db()
    assert (chair.term, leader.term) == (eighth, None)


def test_terms_follow_on_each_other(admin):
    make_term(8, START, years=3, end=date(2026, 2, 28))
    assert refused(actions.add_term, term=term(9, date(2023, 1, 1)), by=admin) == (
        "第八届工会委员会从2023年3月1日开始，第九届工会委员会要在它以后，改一下日期或者届数。"
    )
    assert refused(actions.add_term, term=term(9, date(2026, 2, 28)), by=admin) == (
        "第八届工会委员会到2026年2月28日才结束，第九届工会委员会最早从第二天起。"
    )
    assert refused(actions.add_term, term=term(7, date(2023, 3, 1)), by=admin) == (
        "第八届工会委员会从2023年3月1日开始，第七届工会委员会要在它以前，改一下日期或者届数。"
    )
    assert actions.add_term(term=term(9, date(2026, 3, 1)), by=admin).pk


def ends() -> list:
    held = OfficeHolding.objects.exclude(term=None).order_by("pk")
    return list(held.values_list("end", flat=True))


def test_closing_a_term_ends_its_offices_and_is_taken_back_as_a_whole(admin):
    eighth = make_term(8)
    ahead = timezone.localdate() + timedelta(days=30)
    for office, end in (("chair", None), ("welfare", ahead), ("youth", date(2024, 1, 1))):
        OfficeHolding.objects.create(
            member=make_member(), office=office, term=eighth, start=START, end=end
        )
    last = date(2026, 1, 31)
    actions.close_term(term=eighth, last_day=last, by=admin)
    assert ends() == [last, last, date(2024, 1, 1)]
    assert Term.objects.get().end == last
    actions.reopen_term(term=eighth, by=admin)
    assert ends() == [None, ahead, date(2024, 1, 1)]
    assert Term.objects.get().end is None


def test_a_term_is_not_closed_ahead_or_twice(admin):
    eighth = make_term(8)
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert "还没到，到了那天再写。" in refused(
        actions.close_term, term=eighth, last_day=tomorrow, by=admin
    )
    actions.close_term(term=eighth, last_day=date(2026, 1, 31), by=admin)
    assert refused(actions.close_term, term=eighth, last_day=date(2026, 1, 31), by=admin) == (
        "第八届工会委员会到2026年1月31日已经结束了，不用再写。"
    )


def test_a_term_is_not_closed_when_nobody_would_be_left_who_can_give_offices():
    chair, eighth = make_user(Role.CHAIR), make_term(8)
    chair.member.offices.update(term=eighth)
    last = date(2026, 1, 31)
    assert refused(actions.close_term, term=eighth, last_day=last, by=chair) == (
        "这样一来就没有能登记职务的人了。先给接任的主席、副主席或管理员开好账号，再办这一步。"
    )
    assert ends() == [None]
    make_user(Role.VICE_CHAIR)
    actions.close_term(term=eighth, last_day=last, by=chair)
    assert chair.member.offices.get().end == last


def test_only_an_empty_term_is_taken_away(admin):
    eighth, ninth = make_term(8), make_term(9, date(2028, 1, 1))
    make_election(eighth)
    assert refused(actions.drop_term, term=eighth, by=admin) == (
        "第八届工会委员会已经有人任职或者有选举，不能去掉；写错了的话，改它的日期。"
    )
    actions.drop_term(term=ninth, by=admin)
    assert list(Term.objects.all()) == [eighth]


def test_until_it_is_closed_the_earlier_of_two_terms_is_under_way():
    eighth, ninth = make_term(8, START), make_term(9, date(2026, 1, 1))
    assert queries.term_on(date(2026, 6, 1)) == eighth
    eighth.end = date(2025, 12, 31)
    eighth.save()
    assert queries.term_on(date(2026, 6, 1)) == ninth
    assert queries.term_on(date(2025, 12, 31)) == eighth
    assert queries.term_on(date(2022, 1, 1)) is None
