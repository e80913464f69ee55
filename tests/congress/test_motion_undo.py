"""Taking back at one click what one did to a motion a moment ago."""

import re

import pytest
from django.urls import reverse

from congress.models import Motion
from tests.factories.congress import REASON, SUGGESTION, make_motion
from tests.factories.members import make_member
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db
TYPED = {"title": "设母婴室", "category": "livelihood", "reason": REASON, "suggestion": SUGGESTION}


@pytest.fixture
def teacher(log_in):
    return log_in(Role.MEMBER)


def url(name: str, motion: Motion) -> str:
    return reverse(f"congress:{name}", args=[motion.pk])


def messages_of(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def undo_on(response) -> list[str]:
    return re.findall(
        r'action="([^"]+)">\s*<input[^>]+>\s*<button type="submit">撤销', response.content.decode()
    )


def test_what_was_just_handed_in_is_taken_back_at_one_click(teacher):
    response = teacher.post(
        reverse("congress:motion_create"), TYPED | {"hand_in": "1"}, follow=True
    )
    motion = Motion.objects.get()
    assert undo_on(response) == [url("motion_retract", motion)]
    response = teacher.post(url("motion_retract", motion), follow=True)
    motion.refresh_from_db()
    assert motion.state == "draft"
    assert messages_of(response) == ["拿回来了，改好再提交。"]


def test_a_seconding_is_taken_back_at_one_click(teacher):
    motion = make_motion("seconding")
    response = teacher.post(url("motion_second", motion), follow=True)
    assert undo_on(response) == [url("motion_unsecond", motion)]


def test_what_went_to_the_committee_has_no_undo_but_can_be_withdrawn(teacher):
    own = make_motion("draft", proposer=teacher.user.member)
    own.secondings.create(member=make_member())
    own.secondings.create(member=make_member())
    response = teacher.post(url("motion_move", own), {"move": "submit"}, follow=True)
    assert undo_on(response) == []
    assert 'name="move" value="withdraw"' in response.content.decode()
    refused = teacher.post(url("motion_retract", own), follow=True)
    assert messages_of(refused) == ["“待审查”状态下不能拿回来改，刷新页面看最新进展。"]


def test_motion_retract_is_for_the_author_only(teacher):
    motion = make_motion("seconding")
    response = teacher.post(url("motion_retract", motion), follow=True)
    assert messages_of(response) == ["这是别人的提案，只有提案人自己能改、能撤。"]
    motion.refresh_from_db()
    assert motion.state == "seconding"
