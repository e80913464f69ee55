"""Who sees what of a selection, and of whom."""

from datetime import date

import pytest
from django.urls import reverse

from activities.queries.honours import nominees_visible_to
from members.models import GroupAssignment
from tests.factories.honours import make_nominee, make_selection, selection_at
from tests.factories.members import make_group, make_member, make_user
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")
LIST = reverse("activities:selection_list")
NEW = reverse("activities:selection_create")


def url(name: str, row, *more) -> str:
    return reverse(f"activities:{name}", args=[row.pk, *more])


@pytest.fixture
def chair():
    return make_user(Role.CHAIR)


@pytest.mark.parametrize(
    ("state", "seen"),
    [
        ("open", None),
        ("public", ["王芳"]),
        ("submitted", ["王芳"]),
        ("concluded", ["王芳"]),
        ("dropped", None),
    ],
)
def test_a_teacher_sees_what_is_on_show_and_nobody_who_was_left_out(state, seen, chair, log_in):
    selection = selection_at(state, chair)
    client = log_in(Role.MEMBER)
    page = client.get(url("selection_detail", selection))
    assert page.status_code == (404 if seen is None else 200)
    assert (client.get(LIST).context["page"].paginator.count == 1) == (seen is not None)
    if seen:
        assert [str(row) for row, _, _ in page.context["nominees"]] == seen
        assert "李静" not in page.content.decode()


def test_a_leader_sees_the_own_group_while_recommending(chair):
    group = make_group()
    leader = make_user(Role.GROUP_LEADER, group=group)
    selection = make_selection(by=chair)
    make_nominee(selection, make_member("王芳", group=group), by=chair)
    make_nominee(selection, make_member("李静"), by=chair)
    assert [str(row) for row in nominees_visible_to(leader, selection)] == ["王芳"]
    assert len(nominees_visible_to(chair, selection)) == 2


def test_a_leader_sees_whom_he_recommended_himself(chair):
    leader = make_user(Role.GROUP_LEADER)
    selection = make_selection(by=chair)
    make_nominee(selection, make_member("王芳"), by=leader)
    make_nominee(selection, make_member("李静"), by=chair)
    assert [str(row) for row in nominees_visible_to(leader, selection)] == ["王芳"]


@pytest.mark.parametrize(("until", "seen"), [("2026-06-01", True), ("2026-05-31", False)])
def test_who_left_the_group_before_it_began_is_not_of_the_group(until, seen, chair):
    group, member = make_group(), make_member("王芳")
    GroupAssignment.objects.create(
        member=member, group=group, start=date(2020, 1, 1), end=date.fromisoformat(until)
    )
    selection = make_selection(by=chair, started_on=date(2026, 6, 1))
    make_nominee(selection, member, by=chair)
    leader = make_user(Role.GROUP_LEADER, group=group)
    assert nominees_visible_to(leader, selection).exists() == seen
