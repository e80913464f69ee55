"""评选: 推荐 → 公示 → 上报 → 结果, and back."""

from datetime import date

import pytest
from django.urls import reverse

from activities.actions import selections as actions
from activities.choices import SelectionState
from activities.models import Honour
from activities.rules.honours import SELECTION_MOVES
from tests.factories.honours import make_nominee, make_selection, selection_at, states
from tests.factories.members import make_member, make_user
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")


def url(name: str, row, *more) -> str:
    return reverse(f"activities:{name}", args=[row.pk, *more])


def sentence(page) -> str:
    assert page.status_code == 422
    return page.content.decode()


@pytest.fixture
def chair():
    return make_user(Role.CHAIR)


def test_the_whole_way_to_the_honour(log_in):
    selection = make_selection(title="优秀工会积极分子", level="district")
    winner, loser = make_member("王芳"), make_member("李静")
    for person in (winner, loser):
        make_nominee(selection, person, chosen=True)
    client = log_in(Role.CHAIR)
    days = {"public_from": "2026-06-08", "public_until": "2026-06-12"}
    client.post(url("selection_move", selection, "publish"), days)
    assert states(selection) == ("public", ["chosen", "chosen"])
    early = client.post(url("selection_move", selection, "submit"), {"submitted_on": "2026-06-12"})
    assert "公示到2026年6月12日为止，过了这一天再上报。" in sentence(early)
    client.post(url("selection_move", selection, "submit"), {"submitted_on": "2026-06-15"})
    chosen = selection.nominees.get(member=winner).pk
    page = client.post(
        url("selection_conclude", selection),
        {"chosen": [chosen], "when": "2026-09", "document_number": "示教工〔2026〕9号"},
        follow=True,
    )
    assert states(selection) == ("concluded", ["awarded", "passed_over"])
    honour = Honour.objects.standing().get()
    assert (honour.member, honour.level, honour.precision) == (winner, "district", "month")
    assert (honour.document_number, honour.selection) == ("示教工〔2026〕9号", selection)
    assert "评上 1 名，一起记进了荣誉。" in page.content.decode()


def test_a_result_is_taken_back_as_a_whole(log_in, chair):
    selection = selection_at("concluded", chair)
    client = log_in(user=chair)
    assert sentence(client.post(url("selection_move", selection, "reopen"), {"reason": ""}))
    client.post(url("selection_move", selection, "reopen"), {"reason": "写错了人"})
    assert states(selection) == ("submitted", ["chosen", "recommended"])
    assert selection.concluded_on is None
    assert Honour.objects.standing().count() == 0
    assert Honour.objects.get().void_reason == "撤回评选结果：写错了人"


def test_what_was_never_reported_goes_back_to_its_notice(chair):
    selection = selection_at("public", chair)
    honour = Honour(day=date(2026, 6, 16), precision="day")
    keys = selection.nominees.values_list("pk", flat=True)
    actions.conclude_selection(selection=selection, awarded=keys, honour=honour, by=chair)
    actions.reopen_selection(selection=selection, reason="写错", by=chair)
    assert states(selection) == ("public", ["chosen", "recommended"])


def test_when_an_honour_is_known_already_nothing_is_concluded(log_in, chair):
    selection = selection_at("submitted", chair)
    row = selection.nominees.get(state="chosen")
    Honour.objects.create(
        title=selection.title,
        level=selection.level,
        awarding_body="市工会",
        day=date(2026, 9, 10),
        holder="member",
        member=row.member,
        recorded_by=chair,
    )
    sent = {"chosen": [row.pk], "when": "2026-09-10"}
    page = log_in(user=chair).post(url("selection_conclude", selection), sent)
    assert "已经记过，没有再记一次。" in sentence(page)
    assert states(selection) == ("submitted", ["chosen", "recommended"])


def test_back_to_recommending_forgets_the_days(chair):
    selection = selection_at("submitted", chair)
    actions.move_selection(selection=selection, move="back", reason="要换人", by=chair)
    selection.refresh_from_db()
    days = (selection.public_from, selection.public_until, selection.submitted_on)
    assert (selection.state, days) == ("open", (None, None, None))


@pytest.mark.parametrize("state", SelectionState.values)
@pytest.mark.parametrize("move", [name for name in SELECTION_MOVES if name != "conclude"])
def test_a_step_is_taken_only_from_its_states(state, move, chair, log_in):
    selection = selection_at(state, chair)
    client = log_in(user=chair)
    page = client.get(url("selection_detail", selection))
    offered = {box.name for box in page.context["boxes"]}
    allowed = state in SELECTION_MOVES[move].sources
    assert (move in offered) == allowed
    sent = {
        "reason": "原因",
        "public_from": "2026-06-08",
        "public_until": "2026-06-12",
        "submitted_on": "2026-06-16",
    }
    answer = client.post(url("selection_move", selection, move), sent)
    assert answer.status_code == (302 if allowed else 422)
    assert states(selection)[0] == (SELECTION_MOVES[move].target if allowed else state)


@pytest.mark.parametrize("state", SelectionState.values)
def test_recommending_stops_once_it_is_over(state, chair, log_in):
    selection = selection_at(state, chair)
    client = log_in(user=chair)
    member = make_member()
    client.post(url("nominee_create", selection), {"member": member.pk})
    assert selection.nominees.filter(member=member).exists() == (state == "open")


def test_nothing_is_put_on_show_while_nobody_is_chosen(chair, log_in):
    selection = make_selection(by=chair)
    make_nominee(selection, by=chair)
    days = {"public_from": "2026-06-08", "public_until": "2026-06-12"}
    page = log_in(user=chair).post(url("selection_move", selection, "publish"), days)
    assert "还没有定下拟上报的人" in sentence(page)
    wrong = {"public_from": "2026-06-12", "public_until": "2026-06-08"}
    page = log_in(user=chair).post(url("selection_move", selection, "publish"), wrong)
    assert "公示的最后一天早于第一天，对调一下。" in sentence(page)
