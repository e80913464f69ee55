"""What the database holds to, and how things are called."""

from datetime import date

import pytest
from django.db import IntegrityError

from congress.models import Congress, Motion, Notice, Seconding, SecondingRule, Session
from tests.factories.congress import IN_JUNE, make_motion, make_notice, make_session
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db


def test_things_are_called_as_one_says_them():
    session = make_session(2)
    assert (str(session.congress), str(session)) == ("第八届教代会", "八届二次教代会")
    motion = make_motion(title="设母婴室")
    assert str(motion) == "关于设母婴室的提案"


def test_a_filed_motion_has_a_number_and_no_other_has():
    assert make_motion("filed").number_text == "〔2026〕001号"
    assert make_motion("submitted").number_text == ""


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda: make_motion("submitted", year=2026, number=4), "motion_number_when_filed"),
        (lambda: make_motion("filed", year=None, number=None), "motion_number_when_filed"),
        (lambda: make_motion(category="party"), "motion_category_known"),
        (lambda: make_notice(category="party"), "notice_category_known"),
        (
            lambda: make_notice(objection_until=date(2026, 6, 1)),
            "notice_objection_after_publishing",
        ),
        (lambda: Congress.objects.create(number=0, start=IN_JUNE), "congress_number_known"),
        (
            lambda: Congress.objects.create(number=3, start=IN_JUNE, end=date(2026, 6, 1)),
            "congress_span",
        ),
        (lambda: make_session(100), "session_number_known"),
        (
            lambda: SecondingRule.objects.create(
                seconders=0, effective_from=IN_JUNE, source="本校提案办法"
            ),
            "seconders_sensible",
        ),
    ],
)
def test_the_database_refuses_what_can_not_be_true(make, name):
    with pytest.raises(IntegrityError, match=name):
        make()


def test_a_number_of_a_year_is_given_once():
    make_motion("filed", number=7)
    with pytest.raises(IntegrityError):
        make_motion("filed", number=7)


def test_a_member_seconds_a_motion_once():
    member = make_member()
    motion = make_motion("seconding", seconders=[member])
    with pytest.raises(IntegrityError):
        Seconding.objects.create(motion=motion, member=member)


@pytest.mark.parametrize("model", [Congress, Session, SecondingRule, Notice])
def test_each_check_speaks_chinese(model):
    for constraint in model._meta.constraints:
        assert constraint.violation_error_message.endswith("。")


def test_the_checks_of_a_motion_speak_chinese():
    spoken = {c.name: c.violation_error_message for c in Motion._meta.constraints}
    assert spoken["motion_number_when_filed"] == "立案的提案才有编号，没立案的没有。"
    assert spoken["motion_category_known"] == "没有这个类别，重新选一个。"
