"""The list of the roster: what it is narrowed by, how it is sorted, what a group's leader sees."""

import re
from datetime import date

import pytest

from members.choices import AgeBand
from members.rules.ages import age_on, born_between
from tests.factories.members import make_department, make_group, make_member
from unionoffice.roles import Role

LIST = "/members/"
DAY = date(2026, 11, 22)


@pytest.fixture
def chair(log_in):
    return log_in(Role.CHAIR)


def shown(response) -> list[str]:
    return [row["name"] for row in response.context["rows"]]


@pytest.mark.parametrize(
    ("birth", "age"),
    [(date(1990, 11, 22), 36), (date(1990, 11, 23), 35), (date(2004, 2, 29), 22)],
)
def test_an_age_is_in_completed_years(birth, age):
    assert age_on(DAY, birth) == age


@pytest.mark.parametrize("birth", [date(1990, 11, 22), date(1990, 11, 23), date(1988, 2, 29)])
@pytest.mark.parametrize(("low", "high"), [(None, 35), (36, 45), (36, None), (35, 35)])
@pytest.mark.parametrize("day", [DAY, date(2028, 2, 29), date(2027, 2, 28)])
def test_the_days_of_birth_of_a_band_are_those_whose_age_is_in_it(birth, low, high, day):
    first, last = born_between(day, low, high)
    within = (first is None or first <= birth) and (last is None or birth <= last)
    age = age_on(day, birth)
    assert within == ((low is None or low <= age) and (high is None or age <= high))


def test_nobody_is_born_before_the_calendar_begins():
    assert born_between(date(1, 1, 1), 36, 35) == (date(1, 1, 2), date(1, 1, 1))


def test_every_age_is_in_exactly_one_band():
    bands = [value.partition("-") for value in AgeBand.values]
    for age in range(18, 80):
        fitting = [
            low for low, _, high in bands if int(low or 0) <= age and age <= int(high or 200)
        ]
        assert len(fitting) == 1


@pytest.fixture
def people():
    full = {
        "gender": "female",
        "birth": date(1995, 1, 1),
        "phone": "13800001111",
        "group": make_group("语文组"),
        "department": make_department("教务处"),
    }
    own = {"party": "中共党员", "campus": "东校区", "is_teacher": True, "ethnicity": "回族"}
    make_member("甲全", **own, **full)
    own = {"gender": "male", "birth": date(1980, 1, 1), "contract": "established"}
    make_member("乙缺", joined=date(2021, 3, 1), **own)
    own = {"is_teacher": False, "party": "群众", "area": "城东", "hobbies": "乒乓球、书法"}
    old = make_member("丙老", birth=date(1966, 1, 1), **own)
    old.offices.create(office="welfare", start=date(2024, 9, 1))


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({"age": "-35"}, ["甲全"]),
        ({"age": "46-55"}, ["乙缺"]),
        ({"age": "56-"}, ["丙老"]),
        ({"age_from": "40", "age_to": "50"}, ["乙缺"]),
        ({"age_from": "40"}, ["丙老", "乙缺"]),
        ({"party": "中共党员"}, ["甲全"]),
        ({"party": "none"}, ["乙缺"]),
        ({"campus": "东校区"}, ["甲全"]),
        ({"teacher": "yes"}, ["甲全"]),
        ({"teacher": "no"}, ["丙老"]),
        ({"teacher": "none"}, ["乙缺"]),
        ({"contract": "established"}, ["乙缺"]),
        ({"lacks": "yes"}, ["丙老", "乙缺"]),
        ({"lacks": "no"}, ["甲全"]),
        ({"group": "none"}, ["丙老", "乙缺"]),
        ({"department": "none", "gender": "male"}, ["乙缺"]),
        ({"gender": "none"}, ["丙老"]),
        ({"ethnicity": "回族"}, ["甲全"]),
        ({"area": "城东"}, ["丙老"]),
        ({"area": "none"}, ["甲全", "乙缺"]),
        ({"hobbies": "书"}, ["丙老"]),
        ({"office": "welfare"}, ["丙老"]),
        ({"joined_from": "2021-03-01"}, ["乙缺"]),
        ({"joined_from": "2020-09-01", "joined_to": "2020-09-30"}, ["丙老", "甲全"]),
        ({"joined_to": "2021-03-01"}, ["丙老", "甲全", "乙缺"]),
    ],
)
def test_the_list_is_narrowed_by_more_and_counts_the_same(chair, people, filters, names):
    chair.user.member.memberships.all().delete()
    response = chair.get(LIST, filters | {"on": str(DAY)})
    assert shown(response) == names
    assert response.context["found"] == len(names)


def test_the_lacking_are_those_whose_row_says_so(chair, people):
    rows = chair.get(LIST).context["rows"]
    assert [r["name"] for r in rows if r["lacks"]] == shown(chair.get(LIST, {"lacks": "yes"}))


def test_ages_the_wrong_way_round_are_answered(chair):
    make_member("甲一")
    response = chair.get(LIST, {"age_from": "50", "age_to": "40"})
    assert response.status_code == 422
    assert "从 50 岁到 40 岁，前后反了，对调一下。" in response.text


def test_days_of_joining_the_wrong_way_round_are_answered(chair):
    make_member("甲一")
    response = chair.get(LIST, {"joined_from": "2020-02-01", "joined_to": "2020-01-01"})
    assert response.status_code == 422
    assert "入会从 2020-02-01 到 2020-01-01，前后反了，对调一下。" in response.text


def test_who_came_back_joined_on_the_first_day(chair):
    member = make_member("甲一", joined=date(2010, 9, 1))
    member.memberships.update(end=date(2015, 8, 31))
    member.memberships.create(status="active", start=date(2020, 9, 1))
    assert shown(chair.get(LIST, {"joined_from": "2010-01-01", "joined_to": "2010-12-31"}))
    assert not shown(chair.get(LIST, {"joined_from": "2020-01-01"}))


def test_the_tabs_of_a_narrowed_list_count_who_is_asked_for(chair):
    retained = make_member("安宏图", status="retained")
    gone = make_member("安去", joined=date(2001, 1, 1))
    gone.memberships.update(end=date(2020, 1, 1))
    make_member("安从来", status="")
    for name in ("安在", "王在"):
        make_member(name)
    response = chair.get(LIST, {"q": "安"})
    assert [(value, count) for value, _, count in response.context["roster_tabs"]] == [
        ("active", 1),
        ("retained", 1),
        ("left", 1),
        ("all", 4),
    ]
    assert shown(response) == ["安在"]
    assert shown(chair.get(LIST, {"q": "安", "tab": "left"})) == ["安去"]
    nobody = chair.get(LIST, {"q": retained.name})
    assert "在册里没有这样的人。" in nobody.text
    assert re.search(r'href="\?q=[^"]*&amp;tab=retained"[^>]*>保留会籍里有 1 人</a>', nobody.text)
    assert "离开里有" not in nobody.text


@pytest.mark.parametrize("rows", [1, 3])
def test_a_narrowed_list_asks_as_often_for_many(chair, rows, django_assert_num_queries):
    for number in range(rows):
        make_member(f"安{number}")
    for address in ({"q": "安"}, {"gender": "none"}):
        with django_assert_num_queries(9):
            chair.get(LIST, address)


def test_further_conditions_are_there_once_opened(chair, people):
    plain = chair.get(LIST)
    assert 'name="campus"' not in plain.text
    assert plain.context["more"] == "/members/?&more=yes"
    opened = chair.get(LIST, {"more": "yes"})
    assert 'name="campus"' in opened.text
    assert opened.context["more"] == ""


def test_a_condition_that_is_set_has_a_cross_that_clears_it_alone(chair, people):
    text = chair.get(LIST, {"gender": "female", "teacher": "yes", "page": 1}).text
    crosses = dict(re.findall(r'<a class="x" href="([^"]*)" aria-label="去掉([^"]*)"', text))
    assert crosses == {
        "/members/?teacher=yes": "性别",
        "/members/?gender=female": "是不是专任教师",
    }


SORTED = {
    "name": ["丙", "甲", "乙"],
    "-name": ["乙", "甲", "丙"],
    "staff_no": ["甲", "乙", "丙"],
    "age": ["乙", "甲", "丙"],
    "-age": ["甲", "乙", "丙"],
    "joined": ["丙", "甲", "乙"],
    "-joined": ["乙", "甲", "丙"],
    "department": ["乙", "甲", "丙"],
    "group": ["甲", "乙", "丙"],
}


@pytest.mark.parametrize("sort", SORTED)
def test_the_list_is_sorted_with_the_empty_last(chair, sort):
    first, second = make_group(), make_group()
    one = {"birth": date(1980, 1, 1), "joined": date(2005, 1, 1), "staff_no": "1", "group": first}
    make_member("甲", department=make_department("B 组"), **one)
    two = {"birth": date(1990, 1, 1), "joined": date(2010, 1, 1), "staff_no": "2", "group": second}
    make_member("乙", department=make_department("A 组"), **two)
    make_member("丙", staff_no=None, joined=date(2001, 1, 1))
    response = chair.get(LIST, {"sort": sort})
    assert shown(response) == SORTED[sort]
    (head,) = [head for head in response.context["heads"] if head["sorted"]]
    assert head["sorted"] == ("descending" if sort.startswith("-") else "ascending")
    assert f'aria-sort="{head["sorted"]}"' in response.text


def test_a_click_on_the_sorted_head_turns_it_round_and_keeps_the_filter(chair):
    make_member("甲一", gender="female")
    heads = chair.get(LIST, {"gender": "female", "sort": "age", "page": 1}).context["heads"]
    urls = {head["word"]: head["url"] for head in heads}
    assert urls["年龄"] == "?gender=female&sort=-age"
    assert urls["姓名"] == "?gender=female&sort=name"
    assert urls["手机"] == ""


def test_pages_of_a_sorted_list_hold_everyone_once(chair):
    for number in range(60):
        make_member(f"会员{number}", birth=date(1980, 1, 1))
    pages = [shown(chair.get(LIST, {"sort": "age", "page": page})) for page in (1, 2)]
    assert [len(page) for page in pages] == [50, 10]
    assert len(set(pages[0] + pages[1])) == 60


HIDDEN = {
    "staff_no": "Z9876543",
    "party": "民革党员",
    "ethnicity": "土家族",
    "title": "特级教师",
    "post": "年级主任",
    "hobbies": "滑翔伞",
    "area": "滨江片",
    "card_no": "HY000777",
    "campus": "湖滨校区",
    "note": "常年出差",
}


@pytest.fixture
def leader(log_in):
    client = log_in(Role.GROUP_LEADER)
    make_member(
        "甲组员",
        phone="13812344471",
        birth=date(1984, 3, 17),
        group=client.user.member.offices.get().group,
        department=make_department("教务处"),
        joined=date(2009, 7, 1),
        **HIDDEN,
    )
    return client


def test_a_leader_sees_only_what_the_group_needs(leader):
    response = leader.get(LIST)
    (row,) = response.context["rows"]
    assert set(row) == {"pk", "url", "name", "group", "department", "phone", "birthday"}
    assert (row["phone"], row["birthday"], row["department"]) == ("138****4471", "3月", "教务处")
    told = [*HIDDEN.values(), "13812344471", "1984", "03-17", "3月17", "2009"]
    assert [text for text in told if text in response.text] == []


def test_a_leader_finds_nobody_by_what_is_not_shown(leader):
    found = [shown(leader.get(LIST, {"q": q})) for q in ("甲", "jzy", "4471")]
    assert found == [["甲组员"]] * 3
    for q in ("Z9876543", "9876543", "12344471", "13812344471"):
        assert shown(leader.get(LIST, {"q": q})) == []
        assert "甲组员" not in leader.get("/members/find/", {"q": q}).text
    by_party = leader.get(LIST, {"party": "群众"})
    assert by_party.status_code == 422
    assert "这一页没有“party”这个条件，用上面的筛选来选。" in by_party.text


@pytest.mark.parametrize("sort", ["age", "staff_no", "joined"])
def test_a_leader_cannot_sort_by_what_is_not_shown(leader, sort):
    response = leader.get(LIST, {"sort": sort})
    assert response.status_code == 422
    assert "名册不能按这个排，点一下表头重新排。" in response.text


def test_a_leader_takes_nothing_away_but_lists_to_print(leader):
    for url in ("/members/export/", "/members/export/columns/"):
        assert leader.get(url).status_code == 403
