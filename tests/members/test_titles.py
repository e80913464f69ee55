"""职称: who came to which title, what the roster says from then on, and what is counted."""

from datetime import date

import pytest
from django.urls import reverse

from members.actions import titles as actions
from members.facts import breakdowns, facts
from members.models import Member, TitleGrant
from members.own_data import own_data
from tests.factories.bodies import make_seat, make_working_group
from tests.factories.members import make_group, make_member, make_user
from tests.factories.titles import make_title
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.periods import Period
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")
LIST, NEW = reverse("members:title_list"), reverse("members:title_create")
YEAR = Period.year(2025)


def sent(**values) -> dict:
    return {"names": "王芳", "title": "一级教师", "when": "2025-06"} | values


def test_several_come_to_one_title_and_the_roster_has_it(log_in):
    one, other = make_member("王芳", title="二级教师"), make_member("李静")
    client = log_in(Role.ORGANISATION)
    page = client.post(NEW, sent(names=f"王芳、{other.staff_no}"), follow=True)
    assert "记下了：李静、王芳评上一级教师" in page.content.decode()
    for member in (one, other):
        member.refresh_from_db()
        assert member.title == "一级教师"
    grant = TitleGrant.objects.get(member=one)
    assert (grant.day, grant.precision, grant.before) == (date(2025, 6, 1), "month", "二级教师")
    entry = AuditEntry.objects.filter(act="members.grant_title", target_id=str(one.pk)).get()
    assert entry.changes["in_roster"] == ["二级教师", "一级教师"]


def test_several_are_taken_back_at_once_by_who_recorded_them(log_in):
    make_member("王芳", title="二级教师")
    make_member("李静")
    client = log_in(Role.ORGANISATION)
    page = client.post(NEW, sent(names="王芳、李静"), follow=True)
    (message,) = page.context["messages"]
    address = message.extra_tags.removeprefix("undo:")
    refused = log_in(Role.CHAIR).post(address, follow=True)
    assert "只有记的人自己在 30 分钟里能撤销" in refused.content.decode()
    assert TitleGrant.objects.count() == 2
    done = client.post(address, follow=True)
    assert "撤销了：李静、王芳评上一级教师" in done.content.decode().replace(
        "王芳、李静", "李静、王芳"
    )
    assert not TitleGrant.objects.exists()
    assert Member.objects.get(name="王芳").title == "二级教师"
    assert client.post(address).status_code == 404


def test_titles_and_working_groups_stand_among_the_years_of_a_person(log_in):
    member, body = make_member("王芳", joined=None), make_working_group("师德建设领导小组")
    make_title(member, "一级教师", "2025-06-30")
    make_seat(body, member, "member", date(2025, 3, 1))
    make_seat(body, member, "head", date(2025, 9, 1))
    page = log_in(Role.CHAIR).get(member.get_absolute_url())
    lines = [(line.day, line.text) for line in page.context["history"]]
    assert lines[:3] == [
        ("2025年9月1日", "任师德建设领导小组组长"),
        ("2025年6月30日", "评上一级教师"),
        ("2025年3月1日", "任师德建设领导小组成员"),
    ]


def test_an_older_title_that_is_recorded_late_leaves_the_roster_alone():
    member = make_member("王芳")
    make_title(member, "高级教师", "2025-06-30")
    make_title(member, "一级教师", "2019-06-30")
    member.refresh_from_db()
    assert member.title == "高级教师"


def test_what_was_recorded_by_mistake_goes_and_the_roster_has_again_what_it_had():
    member, by = make_member("王芳", title="二级教师"), make_user(Role.CHAIR)
    actions.drop_title(grant=make_title(member), by=by)
    member.refresh_from_db()
    assert member.title == "二级教师"
    later = make_title(member)
    member.refresh_from_db()
    member.title = "正高级教师"  # changed on the roster since
    member.save(update_fields=["title"])
    actions.drop_title(grant=later, by=by)
    member.refresh_from_db()
    assert member.title == "正高级教师"
    with pytest.raises(RuleBroken, match="这一条已经去掉了。"):
        actions.drop_title(grant=TitleGrant(pk=later.pk or 1), by=by)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"names": ""}, "写上是谁评上的。"),
        ({"names": "没有这人"}, "名册里没有“没有这人”，写全名或工号。"),
        ({"title": ""}, "写上评上什么职称。"),
        ({"when": ""}, "写上哪天评上的；只知道年月写 2026-09。"),
        ({"when": "2999"}, "这一天还没到，评审通过、有了文件再记。"),
        ({"title": "高级教师"}, "王芳评上高级教师已经记过了，从名单里去掉再存。"),
    ],
)
def test_the_form_says_what_is_wrong(values, said, log_in):
    make_title(make_member("王芳"), "高级教师")
    page = log_in(Role.CHAIR).post(NEW, sent(**values))
    assert page.status_code == 422
    assert said in page.content.decode()
    assert TitleGrant.objects.count() == 1


def test_the_list_its_export_and_the_fact_hold_the_same_people(log_in):
    make_title(make_member("王芳"), "一级教师", "2025-06-30")
    make_title(make_member("李静"), "一级教师", "2025-07-01")
    make_title(make_member("陈刚"), "高级教师", "2025-12-31", document_number="示人社〔2025〕9号")
    make_title(make_member("去年的"), "高级教师", "2024-12-31")
    client = log_in(Role.CHAIR)
    page = client.get(LIST + "?period=2025")
    assert [str(one) for one in page.context["page"]] == [
        "陈刚 高级教师",
        "李静 一级教师",
        "王芳 一级教师",
    ]
    assert page.context["titles"] == [("一级教师", 2), ("高级教师", 1)]
    (fact,) = (one for one in facts(YEAR) if one.key == "members.titles")
    assert (fact.value, fact.source) == (3, LIST + "?period=2025")
    assert breakdowns("members.titles", YEAR)[0].rows == (("一级教师", 2), ("高级教师", 1))
    text = client.get(reverse("members:title_export") + "?period=2025&format=csv&q=陈刚")
    line = text.getvalue().decode("utf-8-sig").splitlines()[1]
    assert line.endswith(",陈刚,,高级教师,2025-12-31,示人社〔2025〕9号")
    assert AuditEntry.objects.get(act="members.export_titles").changes == {"rows": 1}


def test_nonsense_in_the_address_is_said(log_in):
    client = log_in(Role.CHAIR)
    assert client.get(LIST + "?period=zzz").status_code == 422
    assert "看不懂" in client.get(reverse("members:title_export") + "?period=zzz").text


@pytest.mark.parametrize("rows", [1, 4])
def test_the_list_costs_the_same_at_any_length(rows, log_in, django_assert_num_queries):
    for _ in range(rows):
        make_title(make_member(), "一级教师", "2025-06-30")
    client = log_in(Role.CHAIR)
    client.get(LIST + "?period=2025")
    with django_assert_num_queries(7):
        client.get(LIST + "?period=2025")


def test_it_stands_among_what_is_stored_about_the_person():
    member = make_member(group=make_group())
    make_title(member, "一级教师", "2025-06-01", precision="month", document_number="9号")
    section = next(one for one in own_data(member) if one.title == "评上职称")
    assert section.rows == (("一级教师", "2025-06", "9号"),)
