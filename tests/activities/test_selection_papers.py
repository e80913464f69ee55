"""公示, 推荐表, 名单: the papers of a selection."""

from datetime import date

import pytest
from django.urls import reverse

from activities.actions import selections as actions
from activities.exporters.selections import names_document, nomination_forms, notice_document
from activities.queries.honours import nominees_to_print, nominees_visible_to
from tests.factories.honours import make_nominee, make_selection, selection_at
from tests.factories.members import make_group, make_member, make_user
from unionoffice.documents.outline import missing, text_of
from unionoffice.models import Office
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")
TODAY = date(2026, 6, 20)


def url(name: str, row, *more) -> str:
    return reverse(f"activities:{name}", args=[row.pk, *more])


@pytest.fixture
def chair():
    return make_user(Role.CHAIR)


def papers(selection):
    nominees = list(selection.nominees.select_related("member", "group"))
    values = {"office": Office.objects.get(), "today": TODAY}
    return nominees, {n.member_id: "第一工会小组" for n in nominees}, values


def test_the_notice_names_who_is_put_forward_and_until_when(chair):
    selection = selection_at("public", chair)
    nominees, groups, values = papers(selection)
    document = notice_document(selection, nominees, groups, **values)
    assert document.blocks[1].rows == (("1", "王芳", "第一工会小组"),)
    assert text_of(document.blocks[2].spans) == "公示时间：2026年6月8日至2026年6月12日。"


def test_what_nobody_wrote_is_missing_in_the_list_that_is_reported(chair):
    nominees, groups, values = papers(selection_at("submitted", chair))
    document = names_document(nominees[0].selection, nominees, groups, **values)
    assert missing(document) == ["王芳的主要事迹"]


def test_the_form_of_recommendation_has_a_page_for_each(chair):
    nominees, groups, values = papers(selection_at("public", chair))
    paper = nomination_forms(nominees[0].selection, nominees, groups, **values)
    assert [sheet.grid.rows[0].boxes[1].text for sheet in paper.sheets] == ["王芳"]


@pytest.mark.parametrize("paper", ["notice", "names", "forms"])
@pytest.mark.parametrize(("kind", "start"), [("docx", b"PK"), ("pdf", b"%PDF")])
def test_each_paper_is_a_file(paper, kind, start, chair, log_in):
    selection = selection_at("public", chair)
    address = url("selection_paper", selection)
    response = log_in(user=chair).get(address, {"paper": paper, "format": kind})
    assert response.getvalue().startswith(start)


def test_a_paper_that_is_none_is_said(chair, log_in):
    selection = selection_at("public", chair)
    address = url("selection_paper", selection)
    page = log_in(user=chair).get(address, {"paper": "x"}, follow=True)
    assert "没有这种材料，重新选一下。" in page.content.decode()


@pytest.mark.parametrize("state", ["open", "public", "submitted", "concluded", "dropped"])
def test_what_is_put_up_and_reported_is_printed_by_the_office_once_the_names_stand(
    state, chair, log_in
):
    selection = selection_at(state, chair)
    address = url("selection_paper", selection)
    stands = state in ("public", "submitted", "concluded")
    for client, official in (
        (log_in(user=chair), stands),
        (log_in(Role.OFFICER), False),
        (log_in(Role.GROUP_LEADER), False),
    ):
        page = client.get(url("selection_detail", selection))
        offered = {"forms", "notice", "names"} if official else {"forms"}
        assert set(page.context["papers"]) == offered
        for paper in ("notice", "names"):
            answer = client.get(address, {"paper": paper, "format": "docx"})
            assert answer.status_code == (200 if official else 302)
    teacher = log_in(Role.MEMBER)
    assert teacher.get(address, {"paper": "forms"}).status_code == 403


def test_a_leader_prints_the_form_of_nobody_from_another_group(chair):
    group = make_group()
    leader = make_user(Role.GROUP_LEADER, group=group)
    selection = make_selection(by=chair)
    for name, own in (("王芳", group), ("李静", None)):
        make_nominee(selection, make_member(name, group=own), by=chair, chosen=True)
    span = {"public_from": date(2026, 6, 8), "public_until": date(2026, 6, 12)}
    selection = actions.publish_selection(selection=selection, by=chair, **span)
    assert [str(row) for row in nominees_visible_to(leader, selection)] == ["王芳", "李静"]
    assert [str(row) for row in nominees_to_print(leader, selection)] == ["王芳"]
    assert [str(row) for row in nominees_to_print(chair, selection)] == ["王芳", "李静"]
