"""小组经费: what a group may spend in a year, what it spent, what is left."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from activities.models import Activity
from activities.queries import narrowed, totals_of
from funds import actions, queries
from funds.actions import Given
from funds.home import home_part
from funds.models import Allotment
from members.models import UnionGroup
from tests.factories.activities import make_activity
from tests.factories.forms import posted_back
from tests.factories.funds import make_allotment
from tests.factories.members import make_group, make_member, make_user
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.periods import Period
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")
YEAR = Period.year(2026)
TODAY = date(2026, 11, 22)


def url(name: str, *args) -> str:
    return reverse(f"funds:{name}", args=args)


@pytest.fixture
def group() -> UnionGroup:
    return make_group("第一工会小组")


def row_of(rows, group):
    return next(row for row in rows if row.group == group)


def test_what_is_left_is_the_allotment_without_what_the_list_of_activities_adds_up_to(group):
    make_allotment(group, 1500)
    make_activity(group=group, spent=Decimal("600.50"))
    make_activity(group=group)
    make_activity("2025-12-31", group=group, spent=Decimal(90))
    row = row_of(queries.money_of_groups(make_user(Role.CHAIR), YEAR), group)
    listed = totals_of(narrowed(Activity.objects.all(), period=YEAR, group=str(group.pk)))
    assert row.spent == listed.spent == Decimal("600.50")
    assert (row.amount, row.left, row.over) == (1500, Decimal("899.50"), 0)
    assert (row.spending.held, row.spending.without_cost) == (2, 1)


def test_a_group_that_spends_more_is_told_by_how_much(group, log_in):
    make_allotment(group, 100)
    make_activity(group=group, spent=Decimal(130))
    row = row_of(queries.money_of_groups(make_user(Role.CHAIR), YEAR), group)
    assert (row.left, row.over) == (-30, 30)
    page = log_in(Role.CHAIR).get(url("allotment_list") + "?period=2026").content.decode()
    assert '<span class="tag red">超支</span> 30' in page


def test_a_group_without_an_allotment_shows_what_it_spent(group):
    make_activity(group=group, spent=Decimal(130))
    row = row_of(queries.money_of_groups(make_user(Role.CHAIR), YEAR), group)
    assert (row.amount, row.spent, row.left, row.over) == (None, 130, None, 0)


def test_a_dissolved_group_stays_in_the_years_in_which_it_was_there(group):
    make_member(group=group)
    UnionGroup.objects.filter(pk=group.pk).update(last_day=date(2025, 6, 30))
    chair = make_user(Role.CHAIR)
    assert [row.group for row in queries.money_of_groups(chair, Period.year(2025))] == [group]
    assert queries.money_of_groups(chair, YEAR) == []
    make_activity(group=group, spent=Decimal(1))
    assert [row.group for row in queries.money_of_groups(chair, YEAR)] == [group]


def test_a_leader_sees_the_own_group_and_no_other(group, log_in):
    other = make_allotment(make_group("第二工会小组"))
    own = make_allotment(group)
    client = log_in(user=make_user(Role.GROUP_LEADER, group=group))
    page = client.get(url("allotment_list") + "?period=2026")
    assert [row.group for row in page.context["rows"]] == [group]
    assert client.get(url("allotment_detail", own.pk)).status_code == 200
    assert client.get(url("allotment_detail", other.pk)).status_code == 404
    assert "定额度" not in page.content.decode()
    exported = client.get(url("allotment_export") + "?period=2026&format=csv")
    assert "第二工会小组" not in exported.getvalue().decode("utf-8-sig")


@pytest.mark.parametrize("role", [Role.SCHOOL_LEADER, Role.WOMEN, Role.AUDITOR])
def test_whoever_reads_accounts_and_the_committee_see_all_groups(role, group):
    make_allotment(group)
    rows = queries.money_of_groups(make_user(role), YEAR)
    assert [row.group for row in rows if row.allotment] == [group]


def test_a_second_allotment_for_the_same_year_is_refused(group):
    make_allotment(group)
    with pytest.raises(
        RuleBroken, match=r"^第一工会小组2026年已有额度，打开它改；别的小组再选一遍。$"
    ):
        make_allotment(group)


def test_years_that_overlap_are_refused_because_an_activity_would_count_twice(group):
    make_allotment(group)
    with pytest.raises(RuleBroken) as refusal:
        make_allotment(group, period=Period.school_year(2026))
    assert str(refusal.value) == (
        "第一工会小组2026年已有额度，和2026—2027学年有重叠，一笔花费会算两次；先撤回那一份。"
    )


def test_several_groups_are_set_whole_or_not_at_all(group):
    make_allotment(group)
    given = [Given(make_group(), Decimal(5)), Given(group, Decimal(5))]
    with pytest.raises(RuleBroken):
        actions.allot(given=given, period=YEAR, by=None)
    assert Allotment.objects.count() == 1


def test_an_allotment_is_withdrawn_with_a_reason_and_the_year_is_free_again(group, log_in):
    allotment = make_allotment(group)
    client = log_in(Role.TREASURER)
    refused = client.post(url("allotment_withdraw", allotment.pk), {"reason": ""})
    assert refused.status_code == 422
    client.post(url("allotment_withdraw", allotment.pk), {"reason": "按人数重新定"})
    assert queries.money_of_group(group, TODAY) is None
    assert make_allotment(group, 10).amount == 10
    page = client.get(url("allotment_detail", allotment.pk)).content.decode()
    assert "按人数重新定" in page
    again = client.post(url("allotment_withdraw", allotment.pk), {"reason": "再撤"}, follow=True)
    assert "额度已经撤回了，不能再改" in again.content.decode()
    acts = AuditEntry.objects.filter(target_type="funds.allotment").order_by("number")
    assert [entry.act for entry in acts] == [
        "funds.allot",
        "funds.withdraw_allotment",
        "funds.allot",
    ]


def test_an_allotment_is_changed_and_the_change_stands_in_its_log(group, log_in):
    allotment = make_allotment(group)
    client = log_in(Role.CHAIR)
    page = client.get(url("allotment_update", allotment.pk))
    client.post(url("allotment_update", allotment.pk), posted_back(page) | {"amount": "1800"})
    allotment.refresh_from_db()
    assert allotment.amount == 1800
    entry = AuditEntry.objects.get(act="funds.update_allotment")
    assert entry.changes == {"amount": ["1500.00", "1800"]}


def choice(*groups, **values) -> dict:
    fields = {"year": "2026", "groups": [g.pk for g in groups], "share": "each", "amount": "800"}
    return fields | values


@pytest.fixture
def _in_2026(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)


@pytest.mark.usefixtures("_in_2026")
def test_the_form_gives_several_groups_the_same(group, log_in):
    other = make_group()
    log_in(Role.CHAIR).post(url("allotment_create"), choice(group, other))
    assert list(Allotment.objects.values_list("group", "amount", "start")) == [
        (group.pk, 800, YEAR.start),
        (other.pk, 800, YEAR.start),
    ]


@pytest.mark.usefixtures("_in_2026")
def test_the_form_gives_by_the_head_and_keeps_how_it_was_counted(group, log_in):
    for _ in range(3):
        make_member(group=group)
    values = choice(group, share="per_head", amount="100.50", note="委员会定")
    log_in(Role.CHAIR).post(url("allotment_create"), values)
    allotment = Allotment.objects.get()
    assert allotment.amount == Decimal("301.50")
    assert allotment.note == "3 人，每人 100.50 元。委员会定"


@pytest.mark.usefixtures("_in_2026")
def test_a_group_without_people_gets_nothing_by_the_head(group, log_in):
    page = log_in(Role.CHAIR).post(url("allotment_create"), choice(group, share="per_head"))
    assert page.status_code == 422
    assert "第一工会小组今天没有会员，不能按人数定" in page.content.decode()


@pytest.mark.usefixtures("_in_2026")
@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"amount": "0"}, "金额（元）要大于 0；不给了就撤回。"),
        ({"amount": "一百"}, "金额（元）写数字，例如 1200 或 1200.50。"),
        ({"amount": "1.234"}, "金额（元）最多写到分，例如 1200.50。"),
        ({"groups": []}, "至少选一个小组。"),
        ({"groups": ["99999"]}, "这个小组不能选，重新选一下。"),
        ({"year": "1949"}, "哪一年里没有这一项，重新选一个。"),
    ],
)
def test_the_form_says_what_is_wrong(values, sentence, group, log_in):
    page = log_in(Role.CHAIR).post(url("allotment_create"), choice(group) | values)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert not Allotment.objects.exists()


def test_the_list_begins_with_the_year_that_allotments_were_set_for(group, log_in):
    school_year = Period.school_year(2025) if TODAY.month < 9 else Period.school_year(2026)
    make_allotment(group, period=school_year)
    assert queries.year_in_use(TODAY) == school_year
    assert queries.year_in_use(date(2030, 1, 1)) == Period.year(2030)


def test_the_list_answers_nonsense_in_a_sentence(log_in):
    page = log_in(Role.CHAIR).get(url("allotment_list") + "?period=明年")
    assert page.status_code == 422
    assert "看不懂期间“明年”" in page.content.decode()


@pytest.mark.parametrize("rows", [1, 4])
def test_allotment_list_query_count_is_flat(rows, log_in, django_assert_num_queries):
    for _ in range(rows):
        allotment = make_allotment()
        make_activity(group=allotment.group, spent=Decimal(1))
    client = log_in(Role.CHAIR)
    with django_assert_num_queries(7):
        client.get(url("allotment_list") + "?period=2026")


def test_the_home_page_tells_a_leader_what_the_own_group_has_left(group):
    make_allotment(group, 1500)
    make_allotment()
    make_activity(group=group, spent=Decimal(600))
    part = home_part(make_user(Role.GROUP_LEADER, group=group), TODAY, YEAR)
    assert [(f.label, f.fact.value, f.second.value) for f in part.figures] == [
        ("第一工会小组经费结余", 900, 1500)
    ]
    assert home_part(make_user(Role.CHAIR), TODAY, YEAR).figures == ()
    make_activity(group=group, spent=Decimal(1000))
    part = home_part(make_user(Role.GROUP_LEADER, group=group), TODAY, YEAR)
    assert [(f.label, f.fact.value) for f in part.figures] == [("第一工会小组经费超支", 100)]


def test_the_groups_page_tells_its_money_to_those_who_may_see_it(group, log_in):
    leader = make_user(Role.GROUP_LEADER, group=group)
    make_allotment(group, 1500, period=queries.year_in_use(date.today()))  # noqa: DTZ011
    address = reverse("members:group_detail", args=[group.pk])
    for client in (log_in(Role.CHAIR), log_in(user=leader)):
        assert "<dt>额度</dt><dd>1,500 元</dd>" in client.get(address).content.decode()
    assert "<dt>额度</dt>" not in log_in(Role.ADMIN).get(address).content.decode()


def test_the_page_of_a_group_without_money_offers_to_set_some(group, log_in):
    address = reverse("members:group_detail", args=[group.pk])
    assert url("allotment_create") in log_in(Role.CHAIR).get(address).content.decode()
    assert url("allotment_create") not in log_in(Role.WOMEN).get(address).content.decode()


def test_a_group_that_has_money_cannot_be_dropped(group, log_in):
    make_allotment(group)
    client = log_in(Role.CHAIR)
    page = client.post(reverse("members:group_drop", args=[group.pk]), follow=True)
    assert "有活动或经费记着，不能去掉" in page.content.decode()
    assert UnionGroup.objects.filter(pk=group.pk).exists()
