"""The sample school: whole, deterministic, only for an empty office."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F

from activities.models import Activity, PlanItem
from congress.models import Motion
from members.models import Member, Term
from reports.choices import ReportKind
from reports.outlines import outline_of
from unionoffice import sample
from unionoffice.audit import first_broken
from unionoffice.documents.outline import missing
from unionoffice.errors import RuleBroken
from unionoffice.periods import Period
from welfare.models import Visit

TODAY = date(2026, 11, 18)
pytestmark = pytest.mark.django_db


class Undone(Exception):
    pass


def content(seed: int) -> list:
    """What a sample of that seed holds, taken back again."""
    rows = []
    try:
        with transaction.atomic():
            sample.load(today=TODAY, members=40, years=0, seed=seed)
            rows += Member.objects.order_by("id").values_list("name", "birth", "staff_no")
            rows += Activity.objects.order_by("id").values_list("title", "day", "headcount")
            rows += Visit.objects.order_by("id").values_list("member__name", "day", "money")
            raise Undone
    except Undone:
        return rows


def test_the_same_seed_gives_the_same_school_and_another_a_different_one():
    first = content(1)
    assert first == content(1)
    assert first != content(2)


def test_a_sample_school_fills_every_room_and_its_summary_lacks_only_what_people_write():
    loaded = sample.load(today=TODAY, members=60)
    assert Member.objects.filter(memberships__isnull=False).distinct().count() == 60
    assert PlanItem.objects.count() == 2 * 34 + 1  # one came after the plan was passed
    assert Visit.objects.exists()
    assert set(Motion.objects.values_list("state", flat=True)) == {
        "filed", "to_suggestion", "rejected", "seconding", "submitted",
    }  # fmt: skip
    decided = Motion.objects.exclude(decided_on=None)
    assert not decided.filter(drafted_at__date__gt=F("opened_on")).exists()
    summary = outline_of(ReportKind.SUMMARY, Period.year(2026), office=loaded.office, today=TODAY)
    assert missing(summary) == ["存在的不足", "下一步打算"]
    assert first_broken() is None


def test_nothing_in_the_sample_lies_ahead():
    sample.load(today=TODAY, members=40)
    assert not Activity.objects.standing().filter(day__gt=TODAY).exists()
    assert not Visit.objects.filter(day__gt=TODAY).exists()


def test_whoever_was_elected_in_the_sample_was_at_work_and_enrolled_through_the_whole_term():
    sample.load(today=TODAY, members=60)
    terms = list(Term.objects.order_by("number"))
    assert [term.number for term in terms] == [7, 8]
    for term in terms:
        for holding in term.holdings.select_related("member"):
            for day in (holding.start, holding.end or TODAY):
                memberships = holding.member.memberships.on(day)
                employments = holding.member.employments.on(day)
                assert [row.status for row in memberships] == ["active"]
                assert [row.status for row in employments] == ["working"]
        assert term.holdings.filter(office="chair").count() == 1


def test_an_office_in_use_is_left_alone(office):
    with pytest.raises(RuleBroken, match="已经在用"):
        sample.load(today=TODAY)


@pytest.mark.parametrize(("option", "sentence"), [
    (("--members", "29"), "会员数写 30 到 10000 之间，现在是 29。"),
    (("--members", "10001"), "会员数写 30 到 10000 之间，现在是 10001。"),
    (("--years", "11"), "年数写 0 到 10 之间，现在是 11。"),
])  # fmt: skip
def test_a_size_out_of_range_is_refused(option, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("load_sample", *option)
