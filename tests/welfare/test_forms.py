"""The form works without scripts: it resolves what was typed and says what it could not."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from members.models import Member
from tests.factories.members import make_department, make_member
from tests.factories.welfare import make_visit
from unionoffice.periods import Period
from welfare.forms import VisitFilter, VisitForm

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(db):
    return make_member("周慧兰")


@pytest.fixture
def wang(db):
    return make_member("王桂芬", staff_no="A7", department=make_department("语文组"))


def visit_form(me, instance=None, **data) -> VisitForm:
    typed = {"q": "王桂芬", "kind": "illness", "when": "today", "visitors": [me.pk]} | data
    return VisitForm(
        typed,
        instance=instance,
        members=Member.objects.all(),
        visitors=Member.objects.filter(pk=me.pk),
    )


def test_the_least_that_is_typed_makes_a_whole_visit(me, wang):
    form = visit_form(me)
    assert form.is_valid(), form.errors
    visit = form.save(commit=False)
    assert (visit.member, visit.day, visit.money, visit.goods_value, visit.relation) == (
        wang,
        timezone.localdate(),
        Decimal(0),
        Decimal(0),
        "self",
    )
    assert form.cleaned_data["all_visitors"] == [me]


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({"q": ""}, "q", "写上慰问的是谁，姓名、拼音首字母或工号都行。"),
        ({"q": "赵无"}, "q", "名册里没有“赵无”，写全名或工号试试。"),
        ({"kind": ""}, "kind", "选一下为了什么去的。"),
        ({"kind": "party"}, "kind", "没有这种慰问事由，重新选一个。"),
        ({"money": "六百"}, "money", "慰问金只写数字，例如 600。"),
        ({"money": "-5"}, "__all__", "慰问金不能小于 0，没给钱就留空。"),
        ({"money": "600.123"}, "money", "小数点后最多两位，写到分。"),
        ({"money": "123456789"}, "money", "数字太长，看一下位数写对没有。"),
        ({"money": "12345678901"}, "money", "数字太长，看一下位数写对没有。"),
        ({"place": "医" * 61}, "place", "最多 60 字，现在有 61 字，删短一点。"),
        ({"relation": "aunt"}, "relation", "没有这种关系，重新选一个。"),
        ({"visitors": ["0"]}, "visitors", "有一位不在能选的人里，重新选一下。"),
        ({"goods_value": "多少"}, "goods_value", "折价只写数字，例如 200。"),
        ({"goods_value": "50"}, "__all__", "写了折价，还要写是什么慰问品。"),
        ({"when": "other", "day": ""}, "day", "选一下是哪天去的。"),
        ({"when": "other", "day": "2026-02-30"}, "day", "没有这一天，写成 2026-03-08 这样。"),
        ({"visitors": []}, "visitors", "选上去的人，至少一位。"),
        ({"more_visitors": "赵无"}, "more_visitors", "名册里没有“赵无”，写全名或工号试试。"),
        ({"person_name": "张师傅"}, "__all__", "慰问谁只写一处：名册里的会员，或名册外的人。"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(me, wang, data, field, sentence):
    form = visit_form(me, **data)
    assert form.errors == {field: [sentence]}


def test_a_name_that_several_bear_lists_them(me, wang):
    make_member("王桂芬", department=make_department("数学组"))
    assert visit_form(me).errors["q"] == [
        "“王桂芬”对得上 2 位：王桂芬（语文组）、王桂芬（数学组）。照着其中一个写。"
    ]


def test_the_same_name_in_the_same_place_is_told_apart_by_staff_number(me, wang):
    make_member("王桂芬", staff_no="A8", department=wang.department_assignments.get().department)
    assert visit_form(me).errors["q"] == [
        "“王桂芬”对得上 2 位：王桂芬（A7）、王桂芬（A8）。照着其中一个写。"
    ]
    assert visit_form(me, q="王桂芬（A7）").is_valid()


def test_whom_the_picker_chose_is_taken(me, wang):
    other = make_member("王桂芬", department=make_department("数学组"))
    form = visit_form(me, q="王桂芬（数学组）", member=other.pk)
    assert form.is_valid()
    assert form.cleaned_data["member"] == other


@pytest.mark.parametrize("picked", ["周慧兰", "王桂"])
def test_a_name_typed_over_the_picked_one_wins(me, wang, picked):
    before = Member.objects.filter(name=picked).first() or make_member(picked)
    form = visit_form(me, q="王桂芬", member=before.pk)
    assert form.is_valid()
    assert form.cleaned_data["member"] == wang


def test_a_department_typed_over_the_picked_one_wins(me, wang):
    other = make_member("王桂芬", department=make_department("数学组"))
    form = visit_form(me, q="王桂芬（语文组）", member=other.pk)
    assert form.is_valid()
    assert form.cleaned_data["member"] == wang


def test_someone_outside_the_roster_is_taken_by_name(me):
    form = visit_form(me, q="", person_name="临聘张师傅")
    assert form.is_valid()
    assert (form.instance.member, form.instance.person) == (None, "临聘张师傅")


def test_a_person_out_of_reach_is_not_in_the_roster_of_this_form(me, wang):
    form = VisitForm(
        {"q": "王桂芬", "kind": "illness", "when": "today", "visitors": [me.pk]},
        members=Member.objects.exclude(pk=wang.pk),
        visitors=Member.objects.all(),
    )
    assert form.errors["q"] == ["名册里没有“王桂芬”，写全名或工号试试。"]


@pytest.mark.parametrize("typed", ["王桂芬、A7 王桂芬", "王桂芬，A7", "王桂芬；A7"])
def test_more_visitors_may_be_typed_in_a_row(me, wang, typed):
    form = visit_form(me, q="周慧兰", more_visitors=typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["all_visitors"] == [wang, me]


@pytest.mark.parametrize(
    ("data", "day", "precision"),
    [
        ({"when": "today"}, timezone.localdate(), "day"),
        ({"when": "yesterday"}, timezone.localdate() - timedelta(days=1), "day"),
        ({"when": "other", "day": "2026-03-12"}, date(2026, 3, 12), "day"),
        ({"when": "other", "day": "2026-03-12", "month_only": "on"}, date(2026, 3, 1), "month"),
        ({"when": "", "day": "2026-03-12"}, date(2026, 3, 12), "day"),
    ],
)
def test_the_day_is_as_exact_as_it_is_known(me, wang, data, day, precision):
    form = visit_form(me, **data)
    assert form.is_valid(), form.errors
    assert (form.instance.day, form.instance.day_precision) == (day, precision)


def test_the_form_of_a_recorded_visit_shows_it(me, wang):
    visit = make_visit(wang, money=Decimal("600.50"))
    form = VisitForm(
        instance=visit,
        members=Member.objects.all(),
        visitors=Member.objects.all(),
        initial={"visitors": []},
    )
    shown = {name: form[name].value() for name in ("q", "when", "money", "goods_value")}
    assert shown == {"q": "王桂芬", "when": "other", "money": "600.50", "goods_value": ""}


def test_a_rare_kind_opens_the_rest_of_the_kinds(me, wang):
    assert visit_form(me, kind="exam").rare_kind_chosen
    assert not visit_form(me, kind="illness").rare_kind_chosen


def test_the_filter_reads_the_period_of_the_address():
    form = VisitFilter({"period": "2026H1"})
    assert form.is_valid()
    assert form.cleaned_data["period"] == Period.half(2026, 1)


def test_the_filter_says_what_is_wrong_with_a_period():
    form = VisitFilter({"period": "去年"})
    assert form.errors["period"][0].startswith("看不懂期间“去年”，写成 2026（年度）")
