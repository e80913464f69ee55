"""评选: 推荐 → 公示 → 上报 → 结果, who sees what of it, and what comes of it."""

from datetime import date

import pytest
from django.urls import reverse

from activities.actions import selections as actions
from activities.choices import SelectionState
from activities.exporters.selections import names_document, nomination_forms, notice_document
from activities.models import Honour, Nominee, Selection
from activities.queries.honours import nominees_visible_to
from activities.rules.honours import SELECTION_MOVES
from tests.factories.forms import posted_back
from tests.factories.honours import make_nominee, make_selection
from tests.factories.members import make_group, make_member, make_user
from unionoffice.documents.outline import missing, text_of
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry, Office
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")
LIST = reverse("activities:selection_list")
NEW = reverse("activities:selection_create")
TODAY = date(2026, 6, 20)


def url(name: str, row, *more) -> str:
    return reverse(f"activities:{name}", args=[row.pk, *more])


def states(selection: Selection) -> tuple:
    selection.refresh_from_db()
    nominees = selection.nominees.order_by("pk").values_list("state", flat=True)
    return selection.state, list(nominees)


def sentence(page) -> str:
    assert page.status_code == 422
    return page.content.decode()


@pytest.fixture
def chair():
    return make_user(Role.CHAIR)


def at(state: str, chair) -> Selection:
    """A selection with one who is put forward and one who is not, in that state."""
    selection = make_selection(by=chair)
    make_nominee(selection, make_member("王芳"), by=chair, chosen=True)
    make_nominee(selection, make_member("李静"), by=chair)
    steps = {
        "public": lambda: actions.publish_selection(
            selection=selection,
            public_from=date(2026, 6, 8),
            public_until=date(2026, 6, 12),
            by=chair,
        ),
        "submitted": lambda: actions.submit_selection(
            selection=selection, submitted_on=date(2026, 6, 15), by=chair
        ),
        "concluded": lambda: actions.conclude_selection(
            selection=selection,
            awarded=selection.nominees.filter(state="chosen").values_list("pk", flat=True),
            honour=Honour(day=date(2026, 9, 1), precision="month", document_number="7号"),
            by=chair,
        ),
    }
    if state == "dropped":
        actions.move_selection(selection=selection, move="drop", reason="上级停评", by=chair)
    elif state != "open":
        for step in list(steps)[: list(steps).index(state) + 1]:
            steps[step]()
    selection.refresh_from_db()
    return selection


def test_the_chair_starts_one_with_the_shares_of_the_groups(log_in):
    group, other = make_group("第一工会小组"), make_group("第二工会小组")
    client = log_in(Role.CHAIR)
    form = {
        "title": "优秀工会积极分子",
        "level": "city",
        "awarding_body": "示例市教育工会",
        "quota": "5",
        "started_on": "2026-06-01",
        f"group_{group.pk}": "2",
        f"group_{other.pk}": "",
    }
    page = client.post(NEW, form, follow=True)
    selection = Selection.objects.get()
    assert [(q.group, q.limit) for q in selection.quotas.all()] == [(group, 2)]
    assert "名额最多占会员的 10%（常见的规定" in page.content.decode()
    again = client.post(NEW, form)
    assert "刚才已经有了同样的一次评选" in sentence(again)


def test_a_change_of_shares_and_title_is_told(log_in):
    group = make_group("第一工会小组")
    selection = make_selection(title="旧名", quotas=[(group, 2)])
    client = log_in(Role.ORGANISATION)
    page = client.get(url("selection_update", selection))
    sent = posted_back(page) | {"title": "新名", f"group_{group.pk}": "3"}
    client.post(url("selection_update", selection), sent)
    entry = AuditEntry.objects.get(act="activities.update_selection")
    assert entry.changes == {"title": ["旧名", "新名"], "quotas": ["第一工会小组 3 名"]}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"title": ""}, "写上评什么。"),
        ({"level": ""}, "选一个级别。"),
        ({"awarding_body": ""}, "写上由谁授予。"),
        ({"started_on": ""}, "写上哪天开始。"),
        ({"recommend_until": "2026-05-01"}, "推荐的最后一天早于开始的日子，对调一下。"),
        ({"quota": "-1"}, "名额写数字，上级还没有定就空着。"),
    ],
)
def test_the_form_says_what_is_wrong(values, said, log_in):
    form = {"title": "甲", "level": "city", "awarding_body": "市工会", "started_on": "2026-06-01"}
    page = log_in(Role.CHAIR).post(NEW, form | values)
    assert said in sentence(page)


def test_a_leader_recommends_people_of_the_own_group_only(log_in):
    group = make_group()
    leader = make_user(Role.GROUP_LEADER, group=group)
    mine, other = make_member("王芳", group=group), make_member("李静", group=make_group())
    selection = make_selection()
    client = log_in(user=leader)
    client.post(url("nominee_create", selection), {"member": mine.pk, "deeds": "带头献课。"})
    nominee = Nominee.objects.get()
    assert (nominee.member, nominee.recommended_by) == (mine, str(group))
    page = client.post(url("nominee_create", selection), {"member": other.pk})
    assert "没有这个人，或者不是您能推荐的" in sentence(page)
    assert Nominee.objects.count() == 1


def test_several_are_recommended_at_once_or_none(log_in):
    one = make_member("王芳")
    make_member("李静")
    selection = make_selection()
    client = log_in(Role.CHAIR)
    client.post(url("nominee_create", selection), {"member": one.pk, "more": "李静"})
    assert [str(n) for n in selection.nominees.order_by("pk")] == ["王芳", "李静"]
    make_member("陈刚")
    page = client.post(url("nominee_create", selection), {"more": "陈刚、王芳"})
    assert "王芳已经推荐过了。" in sentence(page)
    assert selection.nominees.count() == 2


def test_a_group_is_recommended_as_a_whole(log_in):
    group, selection = make_group("第一工会小组"), make_selection(title="先进工会小组")
    log_in(Role.CHAIR).post(url("nominee_create", selection), {"group": group.pk})
    assert selection.nominees.get().group == group


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "写上推荐谁，从找到的人里选一位。"),
        ({"more": "张三丰"}, "名册里没有“张三丰”，看看名字。"),
        ({"member": "99999"}, "没有这个人，或者不是您能推荐的"),
    ],
)
def test_recommending_says_what_is_wrong(values, said, log_in):
    page = log_in(Role.CHAIR).post(url("nominee_create", make_selection()), values)
    assert said in sentence(page)


def test_a_group_recommends_no_more_than_its_share(chair):
    group = make_group("第一工会小组")
    selection = make_selection(quotas=[(group, 1)], by=chair)
    make_nominee(selection, make_member(group=group, joined=date(2020, 9, 1)), by=chair)
    with pytest.raises(RuleBroken) as refusal:
        make_nominee(selection, make_member(group=group, joined=date(2020, 9, 1)), by=chair)
    assert str(refusal.value) == "第一工会小组的推荐名额是 1 名，已经推荐了 1 名，先去掉一名。"
    make_nominee(selection, make_member(group=make_group()), by=chair)


def test_no_more_are_put_forward_than_there_are_places(log_in):
    selection = make_selection(quota=1)
    keys = [make_nominee(selection).pk, make_nominee(selection).pk]
    client = log_in(Role.CHAIR)
    page = client.post(url("selection_choose", selection), {"chosen": keys})
    assert "名额是 1 名，拟上报的有 2 名，去掉 1 名。" in sentence(page)
    client.post(url("selection_choose", selection), {"chosen": keys[1]})
    assert states(selection) == ("open", ["recommended", "chosen"])
    client.post(url("selection_choose", selection), {"chosen": keys[0]})
    assert states(selection) == ("open", ["chosen", "recommended"])


def test_someone_of_another_selection_cannot_be_ticked(log_in):
    other = make_nominee(make_selection())
    page = log_in(Role.CHAIR).post(
        url("selection_choose", make_selection()), {"chosen": [other.pk]}
    )
    assert "有一位不在推荐名单里，重新勾一下。" in sentence(page)


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
    selection = at("concluded", chair)
    client = log_in(user=chair)
    assert sentence(client.post(url("selection_move", selection, "reopen"), {"reason": ""}))
    client.post(url("selection_move", selection, "reopen"), {"reason": "写错了人"})
    assert states(selection) == ("submitted", ["chosen", "recommended"])
    assert selection.concluded_on is None
    assert Honour.objects.standing().count() == 0
    assert Honour.objects.get().void_reason == "撤回评选结果：写错了人"


def test_what_was_never_reported_goes_back_to_its_notice(chair):
    selection = at("public", chair)
    honour = Honour(day=date(2026, 6, 16), precision="day")
    keys = selection.nominees.values_list("pk", flat=True)
    actions.conclude_selection(selection=selection, awarded=keys, honour=honour, by=chair)
    actions.reopen_selection(selection=selection, reason="写错", by=chair)
    assert states(selection) == ("public", ["chosen", "recommended"])


def test_when_an_honour_is_known_already_nothing_is_concluded(log_in, chair):
    selection = at("submitted", chair)
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
    selection = at("submitted", chair)
    actions.move_selection(selection=selection, move="back", reason="要换人", by=chair)
    selection.refresh_from_db()
    days = (selection.public_from, selection.public_until, selection.submitted_on)
    assert (selection.state, days) == ("open", (None, None, None))


@pytest.mark.parametrize("state", SelectionState.values)
@pytest.mark.parametrize("move", [name for name in SELECTION_MOVES if name != "conclude"])
def test_a_step_is_taken_only_from_its_states(state, move, chair, log_in):
    selection = at(state, chair)
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
    selection = at(state, chair)
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
    selection = at(state, chair)
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


def test_deeds_are_written_by_who_recommended_and_who_manages(log_in):
    group = make_group()
    leader = make_user(Role.GROUP_LEADER, group=group)
    nominee = make_nominee(make_selection(), make_member(group=group), by=leader)
    for client in (log_in(user=leader), log_in(Role.ORGANISATION)):
        page = client.get(url("nominee_update", nominee))
        sent = posted_back(page) | {"deeds": f"事迹 {client.user}"}
        client.post(url("nominee_update", nominee), sent)
        nominee.refresh_from_db()
        assert nominee.deeds == f"事迹 {client.user}"
    other = log_in(Role.GROUP_LEADER)
    assert other.get(url("nominee_update", nominee)).status_code == 404
    assert other.post(url("nominee_drop", nominee)).status_code == 404


def papers(selection):
    nominees = list(selection.nominees.select_related("member", "group"))
    values = {"office": Office.objects.get(), "today": TODAY}
    return nominees, {n.member_id: "第一工会小组" for n in nominees}, values


def test_the_notice_names_who_is_put_forward_and_until_when(chair):
    selection = at("public", chair)
    nominees, groups, values = papers(selection)
    document = notice_document(selection, nominees, groups, **values)
    assert document.blocks[1].rows == (("1", "王芳", "第一工会小组"),)
    assert text_of(document.blocks[2].spans) == "公示时间：2026年6月8日至2026年6月12日。"


def test_what_nobody_wrote_is_missing_in_the_list_that_is_reported(chair):
    nominees, groups, values = papers(at("submitted", chair))
    document = names_document(nominees[0].selection, nominees, groups, **values)
    assert missing(document) == ["王芳的主要事迹"]


def test_the_form_of_recommendation_has_a_page_for_each(chair):
    nominees, groups, values = papers(at("public", chair))
    paper = nomination_forms(nominees[0].selection, nominees, groups, **values)
    assert [sheet.grid.rows[0].boxes[1].text for sheet in paper.sheets] == ["王芳"]


@pytest.mark.parametrize("paper", ["notice", "names", "forms"])
@pytest.mark.parametrize(("kind", "start"), [("docx", b"PK"), ("pdf", b"%PDF")])
def test_each_paper_is_a_file(paper, kind, start, chair, log_in):
    selection = at("public", chair)
    address = url("selection_paper", selection)
    response = log_in(user=chair).get(address, {"paper": paper, "format": kind})
    assert response.getvalue().startswith(start)


def test_a_paper_that_is_none_is_said(chair, log_in):
    selection = at("public", chair)
    address = url("selection_paper", selection)
    page = log_in(user=chair).get(address, {"paper": "x"}, follow=True)
    assert "没有这种材料，重新选一下。" in page.content.decode()


@pytest.mark.parametrize("rows", [1, 4])
def test_the_pages_cost_the_same_for_one_and_many(rows, log_in, django_assert_max_num_queries):
    selection = make_selection()
    for _ in range(rows):
        make_selection()
        make_nominee(selection)
    client = log_in(Role.CHAIR)
    with django_assert_max_num_queries(7):
        client.get(LIST)
    with django_assert_max_num_queries(16):
        client.get(url("selection_detail", selection))


def test_a_step_that_there_is_not_is_said(log_in):
    selection = make_selection()
    page = log_in(Role.CHAIR).post(url("selection_move", selection, "fly"), follow=True)
    assert "没有“fly”这一步" in page.content.decode()
