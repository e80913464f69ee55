"""The box that finds people, activities and motions, and tells those of one name apart."""

from datetime import date

import pytest
from django.urls import reverse

from activities.actions.honours import void_honour
from tests.factories.activities import make_activity, make_asset, make_place, make_series
from tests.factories.assessments import make_assessment
from tests.factories.congress import make_motion
from tests.factories.honours import make_honour, make_selection
from tests.factories.members import make_department, make_group, make_member, make_user
from tests.factories.titles import make_title
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db
FIND = reverse("unionoffice:find")
CLUB = "社团、兴趣小组"


def found(client, text: str) -> dict[str, list[tuple[str, str]]]:
    groups = client.get(FIND, {"q": text}).context["groups"]
    return {group.heading: [(row.name, row.beside) for row in group.rows] for group in groups}


def test_what_bears_one_name_is_told_apart(log_in):
    chair = log_in(Role.CHAIR, Role.MEMBER)
    make_member("饮水英", department=make_department("语文组"))
    make_activity("2026-03-06", "饮水安全检查")
    for day in (date(2025, 5, 20), date(2026, 5, 20)):
        make_motion("filed", title="改善饮水条件", opened_on=day, number=day.year, year=day.year)
    assert found(chair, "饮水") == {
        "会员": [("饮水英", "语文组")],
        "活动": [("饮水安全检查", "2026年3月6日")],
        "提案": [
            ("关于改善饮水条件的提案", "2026年5月20日"),
            ("关于改善饮水条件的提案", "2025年5月20日"),
        ],
    }


def test_who_may_not_see_the_roster_finds_nobody(log_in):
    make_member("饮水英")
    assert found(log_in(Role.MEMBER), "饮水") == {}


def test_nothing_is_looked_for_before_something_is_typed(log_in):
    make_member("饮水英")
    assert found(log_in(Role.CHAIR), " ") == {}


def test_honours_selections_clubs_places_and_assets_are_found(log_in):
    person, year = make_member("王芳"), date(2026, 3, 2)
    make_honour(person, title="球类教练标兵")
    make_honour("球类集训队", title="优秀集体", day="2026-04-01", level="nation")
    make_selection(title="球类先进工作者", started_on=year)
    make_series("气排球类社团")
    make_series("老球类社团", end=date(2025, 6, 30))
    place = make_place("球类馆", location="三号楼一层")
    make_asset("球类训练架", place=place)
    make_asset(
        "报废的球类架", place=place, written_off_on=date(2026, 5, 1), write_off_reason="坏了"
    )
    assert found(log_in(Role.CHAIR), "球类") == {
        "荣誉": [("球类教练标兵", "王芳"), ("优秀集体", "球类集训队")],
        "评选": [("球类先进工作者", "2026年3月2日")],
        "社团": [("气排球类社团", CLUB), ("老球类社团", CLUB)],
        "阵地": [("球类馆", "三号楼一层")],
        "资产": [("球类训练架", "球类馆")],
    }


def test_a_teacher_finds_what_a_teacher_may_see(log_in):
    honour = make_honour(make_member("王芳"), title="球类教练标兵")
    make_selection(title="球类先进工作者")
    void_honour(honour=make_honour(title="球类旧荣誉"), reason="记重了", by=honour.recorded_by)
    asset = make_asset("球类训练架")
    teacher = log_in(Role.MEMBER)
    assert set(found(teacher, "球类")) == {"荣誉", "资产"}
    assert found(log_in(Role.CHAIR), "旧荣誉") == {}
    page = teacher.get(asset.get_absolute_url())
    assert [row.pk for row in page.context["page"]] == [asset.pk]


@pytest.mark.parametrize("rows", [1, 4])
def test_a_search_costs_the_same_for_one_and_many(rows, log_in, django_assert_max_num_queries):
    for number in range(rows):
        place = make_place(f"球馆{number}")
        make_asset(f"球台{number}", place=place)
        make_honour(make_member(), title=f"球星{number}")
        make_selection(title=f"球王{number}")
        make_series(f"球社{number}")
    chair = log_in(Role.CHAIR)
    with django_assert_max_num_queries(19):
        chair.get(FIND, {"q": "球"})


def test_groups_titles_and_assessments_are_found(log_in):
    teacher = make_user(Role.MEMBER)
    group = make_group("第三工会小组")
    grant = make_title(teacher.member, "一级教师", "2026-06-30")
    mine = make_assessment(member=teacher.member, topic="师德考核")
    make_assessment(member=make_member(), topic="师德考核")
    chair, own = log_in(Role.CHAIR), log_in(user=teacher)
    assert found(chair, "第三工会") == {"工会小组": [("第三工会小组", group.get_kind_display())]}
    assert found(own, "第三工会") == found(own, "一级教师") == {}
    assert found(chair, "一级教师") == {"职称": [(str(grant), "2026年6月30日")]}
    page = chair.get(grant.get_absolute_url())
    assert [row.pk for row in page.context["page"]] == [grant.pk]
    assert len(found(chair, "师德考核")["考核"]) == 2
    assert found(own, "师德考核") == {"考核": [(str(mine), "2025年12月25日")]}
    assert "考核" not in found(log_in(Role.WOMEN), "师德考核")
