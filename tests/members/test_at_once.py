"""Two officers are at the same thing: the second, whose page was there when the first one's change
was not yet, is told so in a sentence."""

from datetime import date

import pytest
from django.db import IntegrityError, OperationalError
from django.urls import reverse

from members import actions
from members.actions import desk
from members.models import (
    Member,
    OfficeHolding,
    SavedView,
    UnionGroup,
)
from members.views import groups
from tests.factories.members import make_group, make_member, make_user
from tests.factories.terms import make_candidate, make_election, make_term
from unionoffice.concurrent import LOCKED, OVERTAKEN, SAVE_AGAIN
from unionoffice.models import AuditEntry
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def chair(log_in):
    make_user(Role.CHAIR)
    return log_in(Role.CHAIR)


def office() -> OfficeHolding:
    return make_member().offices.create(office="welfare", start=date(2025, 1, 1))


def after(monkeypatch, act: str, other) -> None:
    """Somebody else does `other` between the look of the form and its write."""
    do = getattr(actions, act)

    def late(**values):
        monkeypatch.setattr(actions, act, do)
        other()
        return do(**values)

    monkeypatch.setattr(actions, act, late)


TAKEN_AWAY = [
    ("group_drop", make_group, {}),
    ("group_raise", make_group, {}),
    ("term_drop", make_term, {}),
    ("election_drop", make_election, {}),
    ("office_drop", office, {"reason": "登记错了"}),
    ("candidate_drop", make_candidate, {}),
    ("candidate_raise", make_candidate, {}),
]


@pytest.mark.parametrize(("page", "make", "data"), TAKEN_AWAY)
def test_what_somebody_just_took_away_is_said_and_nothing_recorded(
    chair, monkeypatch, page, make, data
):
    row = make()
    act = "_".join(reversed(page.split("_")))  # group_drop calls drop_group
    after(monkeypatch, act, type(row)._base_manager.filter(pk=row.pk).delete)
    before = AuditEntry.objects.count()
    response = chair.post(reverse(f"members:{page}", args=[row.pk]), data)
    assert (response.status_code, OVERTAKEN in response.content.decode()) == (409, True)
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize("act", ["drop_view", "drop_candidate", "withdraw_message"])
def test_what_is_taken_away_twice_is_recorded_once(chair, act):
    user = chair.user
    row, values = {
        "drop_view": lambda: ("view", SavedView.objects.create(user=user, name="甲", query="q=a")),
        "drop_candidate": lambda: ("candidate", make_candidate()),
        "withdraw_message": lambda: (
            "message",
            desk.send_message(text="开会", members=[make_member()], by=user),
        ),
    }[act]()
    do = getattr(actions, act)
    again = type(values).objects.get(pk=values.pk)
    do(**{row: values}, by=user)
    with pytest.raises(type(values).DoesNotExist):
        do(**{row: again}, by=user)
    assert AuditEntry.objects.filter(act=f"members.{act}").count() == 1


def test_a_message_that_everyone_has_read_is_not_withdrawn_again(chair):
    message = desk.send_message(text="开会", members=[make_member()], by=chair.user)
    actions.read_message(delivery=message.deliveries.get())
    response = chair.post(reverse("members:message_withdraw", args=[message.pk]), follow=True)
    assert "收到的人都看过了，没有可以收回的。" in response.content.decode()
    assert not AuditEntry.objects.filter(act="members.withdraw_message").exists()


def test_a_name_that_somebody_just_took_leaves_what_was_typed_in_the_form(chair, monkeypatch):
    after(monkeypatch, "add_group", lambda: make_group("语文组"))
    data = {"name": "语文组", "kind": "group", "order": "3"}
    page = chair.post(reverse("members:group_create"), data)
    assert (page.status_code, page.context["form"].non_field_errors()) == (422, [SAVE_AGAIN])
    assert page.context["form"]["order"].value() == "3"
    assert UnionGroup.objects.count() == 1


def test_a_staff_number_that_somebody_just_gave_leaves_the_person_in_the_form(chair, monkeypatch):
    after(monkeypatch, "add_member", lambda: make_member("甲一", staff_no="Z1"))
    data = {"name": "乙二", "staff_no": "Z1", "another": "on"}
    page = chair.post(reverse("members:member_create"), data)
    assert (page.status_code, page.context["form"].non_field_errors()) == (422, [SAVE_AGAIN])
    assert not Member.objects.filter(name="乙二").exists()


def broken(error: Exception):
    def act(**values):
        raise error

    return act


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (IntegrityError("UNIQUE constraint failed: members_term.number"), OVERTAKEN),
        (IntegrityError('duplicate key value violates unique constraint "x"'), OVERTAKEN),
        (IntegrityError("FOREIGN KEY constraint failed"), OVERTAKEN),
        (OperationalError("database is locked"), LOCKED),
        (OperationalError("deadlock detected\nDETAIL: …"), LOCKED),
    ],
)
def test_who_comes_second_at_the_database_reads_a_sentence(chair, monkeypatch, error, sentence):
    term = make_term()
    monkeypatch.setattr(actions, "drop_term", broken(error))
    response = chair.post(reverse("members:term_drop", args=[term.pk]))
    assert (response.status_code, sentence in response.content.decode()) == (409, True)


@pytest.mark.parametrize(
    "error",
    [
        IntegrityError("CHECK constraint failed: x"),
        IntegrityError("NOT NULL constraint failed: members_term.start"),
        OperationalError("no such table: members_term"),
    ],
)
def test_a_mistake_of_the_program_stays_one(chair, monkeypatch, error):
    term = make_term()
    monkeypatch.setattr(actions, "drop_term", broken(error))
    with pytest.raises(type(error)):
        chair.post(reverse("members:term_drop", args=[term.pk]))


def test_what_a_page_fails_to_find_by_itself_is_a_mistake_too(chair, monkeypatch):
    monkeypatch.setattr(groups.queries, "groups", broken(UnionGroup.DoesNotExist()))
    with pytest.raises(UnionGroup.DoesNotExist):
        chair.get(reverse("members:group_update", args=[make_group().pk]))
