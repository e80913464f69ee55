"""A state table: the buttons that are offered are the moves that are accepted."""

import pytest

from unionoffice.errors import RuleBroken
from unionoffice.workflow import Move, check, offers

MOVES = {
    "file": Move("立案", frozenset({"submitted"}), "filed", "congress.file_motion"),
    "return": Move("退回", frozenset({"submitted", "filed"}), "returned", "congress.file_motion"),
    "second": Move("附议", frozenset({"submitted"}), "submitted", "congress.second_motion"),
}
STATES = ["submitted", "filed", "returned"]


class Person:
    def __init__(self, *permissions):
        self.permissions = permissions

    def has_perm(self, permission):
        return permission in self.permissions


CHAIR, MEMBER = Person("congress.file_motion"), Person("congress.second_motion")


def step(name, *, state="submitted", user=CHAIR):
    return check(MOVES, name, state=state, state_label="待立案", user=user)


@pytest.mark.parametrize(
    ("user", "state", "names"),
    [
        (CHAIR, "submitted", ["file", "return"]),
        (CHAIR, "filed", ["return"]),
        (CHAIR, "returned", []),
        (MEMBER, "submitted", ["second"]),
        (MEMBER, "filed", []),
    ],
)
def test_offers_are_what_this_person_can_do_from_here(user, state, names):
    assert [offer.name for offer in offers(MOVES, state, user)] == names


@pytest.mark.parametrize("user", [CHAIR, MEMBER, Person()])
@pytest.mark.parametrize("state", STATES)
def test_what_is_offered_is_accepted_and_nothing_else(user, state):
    accepted = []
    for name in MOVES:
        try:
            accepted.append((name, step(name, state=state, user=user)))
        except RuleBroken:
            continue
    assert accepted == [(offer.name, offer.move) for offer in offers(MOVES, state, user)]


def test_an_unknown_step_is_refused():
    with pytest.raises(RuleBroken, match=r"^没有“burn”这一步，返回上一页重新选择。$"):
        step("burn")


def test_a_step_without_the_permission_is_refused():
    with pytest.raises(RuleBroken, match=r"^您没有“立案”的权限，联系工会主席办理。$"):
        step("file", user=MEMBER)


def test_a_step_from_another_state_is_refused():
    with pytest.raises(RuleBroken, match=r"^“待立案”状态下不能立案，刷新页面看最新进展。$"):
        step("file", state="returned")
