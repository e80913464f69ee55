"""评选: 推荐 → 公示 → 上报 → 结果, and back."""

from datetime import date

import pytest
from django.urls import reverse

from activities.actions import selections as actions
from activities.choices import SelectionState
from activities.models import Honour, Selection
from activities.rules.honours import SELECTION_MOVES
from tests.factories.honours import make_nominee, make_selection, selection_at, states
from tests.factories.members import make_member, make_user
from unionoffice.errors import RuleBroken
from unionoffice.queries import log_of
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


@pytest.mark.parametrize(
    ("until", "when", "said"),
    [
        ("2026-11-18", "2026-11-18", "公示到2026年11月18日为止，过了这一天再记结果。"),
        ("2026-11-17", "2026-11-17", "公示到2026年11月17日为止，过了这一天再记结果。"),
        ("2026-11-18", "2026-11", "公示到2026年11月18日为止，过了这一天再记结果。"),
        ("2026-11-17", "2026-11-18", None),
        ("2026-11-17", "2026-11", None),
        ("2026-11-17", "2026", None),
    ],
)
def test_nothing_is_concluded_while_the_names_are_on_show(until, when, said, chair):
    selection = make_selection(by=chair)
    nominee = make_nominee(selection, by=chair, chosen=True)
    span = {"public_from": date(2026, 11, 10), "public_until": date.fromisoformat(until)}
    actions.publish_selection(selection=selection, by=chair, **span)
    precision = {10: "day", 7: "month", 4: "year"}[len(when)]
    honour = Honour(day=date.fromisoformat((when + "-01-01")[:10]), precision=precision)
    values = {"selection": selection, "awarded": [nominee.pk], "honour": honour, "by": chair}
    if said:
        with pytest.raises(RuleBroken, match=said):
            actions.conclude_selection(**values)
    else:
        done = actions.conclude_selection(**values)
        assert (done.state, done.concluded_on) == ("concluded", date(2026, 11, 18))


def test_what_comes_after_the_notice_is_offered_once_it_is_over(chair, log_in):
    selection = make_selection(by=chair)
    make_nominee(selection, by=chair, chosen=True)
    span = {"public_from": date(2026, 11, 16), "public_until": date(2026, 11, 18)}
    actions.publish_selection(selection=selection, by=chair, **span)
    client, conclude = log_in(user=chair), url("selection_conclude", selection)
    page = client.get(url("selection_detail", selection))
    assert {box.name for box in page.context["boxes"]} == {"back", "drop"}
    assert f'href="{conclude}"' not in page.content.decode()
    assert "，过了这一天上报、记结果" in page.content.decode()
    page = client.get(conclude, follow=True)
    assert "这次评选公示还没有满，现在不能记结果。" in page.content.decode()
    Selection.objects.update(public_until=date(2026, 11, 17))
    page = client.get(url("selection_detail", selection))
    assert {box.name for box in page.context["boxes"]} == {"submit", "back", "drop"}
    assert f'href="{conclude}"' in page.content.decode()


def test_taken_up_again_it_has_no_days_of_the_steps_before(chair):
    dropped = selection_at("submitted", chair)
    actions.move_selection(selection=dropped, move="drop", reason="上级停评", by=chair)
    selection = actions.move_selection(selection=dropped, move="resume", by=chair)
    days = (selection.public_from, selection.public_until, selection.submitted_on)
    assert (selection.state, days) == ("open", (None, None, None))
    span = {"public_from": date(2026, 7, 1), "public_until": date(2026, 7, 7)}
    actions.publish_selection(selection=selection, by=chair, **span)
    honour = Honour(day=date(2026, 9, 1), precision="month")
    actions.conclude_selection(selection=selection, awarded=[], honour=honour, by=chair)
    selection = actions.reopen_selection(selection=selection, reason="写错", by=chair)
    assert selection.state == "public"  # never reported since


def test_a_result_is_of_no_day_before_it_began_or_after_today(chair):
    selection = selection_at("submitted", chair)
    for day, said in (
        (date(2026, 5, 31), "2026年5月31日早于这次评选开始的日子，看看年份。"),
        (date(2026, 11, 19), "2026年11月19日还没到，有了结果再记。"),
    ):
        with pytest.raises(RuleBroken, match=said):
            actions.conclude_selection(
                selection=selection, awarded=[], honour=Honour(day=day, precision="day"), by=chair
            )


def test_deeds_stand_once_the_result_is_there(chair):
    selection = selection_at("concluded", chair)
    nominee = selection.nominees.first()
    nominee.deeds = "后来写的"
    with pytest.raises(RuleBroken, match="不再改。"):
        actions.update_nominee(nominee=nominee, by=chair)
    nominee.refresh_from_db()
    assert nominee.deeds == ""


def test_who_is_chosen_and_taken_off_stands_in_the_log(chair):
    selection = make_selection(by=chair)
    nominee = make_nominee(selection, make_member("王芳"), by=chair)
    actions.choose_nominees(selection=selection, chosen=[nominee.pk], by=chair)
    actions.choose_nominees(selection=selection, chosen=[nominee.pk], by=chair)  # nothing new
    actions.choose_nominees(selection=selection, chosen=[], by=chair)
    actions.drop_nominee(nominee=nominee, by=chair)
    told = [entry.act_words for entry in log_of(selection)]
    assert told == [
        "去掉推荐（王芳）",
        "定拟上报名单（没有人）",
        "定拟上报名单（王芳）",
        "推荐（王芳）",
        "发起评选",
    ]


@pytest.mark.parametrize(
    ("when", "precision", "fits"),
    [("2026-07-09", "day", False), ("2026-07-01", "month", True), ("2026-01-01", "year", True)],
)
def test_no_result_comes_before_it_was_reported(when, precision, fits, chair):
    selection = selection_at("submitted", chair)
    Selection.objects.update(submitted_on=date(2026, 7, 10))
    values = {"selection": selection, "awarded": [], "by": chair}
    values["honour"] = Honour(day=date.fromisoformat(when), precision=precision)
    if fits:
        assert actions.conclude_selection(**values).state == "concluded"
    else:
        with pytest.raises(RuleBroken, match="2026年7月9日还没有上报（2026年7月10日才上报）"):
            actions.conclude_selection(**values)
