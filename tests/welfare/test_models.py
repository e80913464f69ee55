"""What the database holds to, whoever writes."""

from decimal import Decimal

import pytest
from django.db import IntegrityError

from tests.factories.members import make_member
from tests.factories.welfare import IN_MARCH, make_visit
from welfare.models import Visit

pytestmark = pytest.mark.django_db


def fields(**values) -> dict:
    return {"person_name": "临聘张师傅", "kind": "illness", "day": IN_MARCH} | values


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"money": Decimal(-1)}, "慰问金不能小于 0，没给钱就留空。"),
        ({"goods": "水果", "goods_value": Decimal(-1)}, "慰问品的折价不能小于 0，不清楚就留空。"),
        ({"goods_value": Decimal(50)}, "写了折价，还要写是什么慰问品。"),
        ({"person_name": ""}, "慰问谁只写一处：名册里的会员，或名册外的人。"),
        ({"kind": "party"}, "没有这种慰问事由，重新选一个。"),
        ({"state": "voided"}, "作废要写明原因。"),
    ],
)
def test_the_database_refuses_what_can_not_be_true(values, sentence):
    name = next(c.name for c in Visit._meta.constraints if c.violation_error_message == sentence)
    with pytest.raises(IntegrityError, match=name):
        Visit.objects.create(**fields(**values))


def test_a_member_and_an_outsider_at_once_are_refused():
    with pytest.raises(IntegrityError, match="visit_one_person"):
        Visit.objects.create(**fields(member=make_member()))


def test_a_visit_without_any_gift_is_a_visit():
    assert Visit.objects.create(**fields()).money == 0


def test_a_visit_is_called_by_its_number_and_never_by_its_person():
    visit = make_visit(make_member("王桂芬"))
    assert str(visit) == f"慰问记录 {visit.pk}"
