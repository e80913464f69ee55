"""制度: what is in force when, who writes it, how it leaves the office."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from members import actions
from members.exporters.regulations import Paragraph, paragraphs_of, size_for, wall_pdf
from members.models import Regulation
from members.queries import regulations_in
from tests.factories.members import make_office, make_regulation
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db
LIST = "/organisation/regulations/"
NEW = f"{LIST}new/"
LIST_QUERIES = 6


def titles(tab: str, day: date, text: str = "") -> list[str]:
    return [each.title for each in regulations_in(tab, day, text)]


def test_a_regulation_stands_in_the_tab_of_the_day_asked_for():
    make_regulation("慰问办法", start=date(2024, 9, 1), end=date(2025, 8, 31))
    make_regulation("小组工作制度", start=date(2025, 9, 1))
    assert titles("in_force", date(2024, 8, 31)) == []
    assert titles("to_come", date(2024, 8, 31)) == ["小组工作制度", "慰问办法"]
    assert titles("in_force", date(2025, 8, 31)) == ["慰问办法"]
    assert titles("in_force", date(2025, 9, 1)) == ["小组工作制度"]
    assert titles("abolished", date(2025, 9, 1)) == ["慰问办法"]
    assert titles("all", date(2025, 9, 1)) == ["小组工作制度", "慰问办法"]


def test_the_search_looks_at_name_number_and_text():
    day = date(2026, 1, 1)
    make_regulation("慰问办法", text="第一条 看望住院的会员。")
    make_regulation("小组工作制度", document_number="三中工〔2025〕4号")
    assert titles("in_force", day, "住院") == ["慰问办法"]
    assert titles("in_force", day, "〔2025〕4") == ["小组工作制度"]
    assert titles("in_force", day, "工作制") == ["小组工作制度"]
    assert titles("in_force", day, "没有") == []


def test_abolishing_today_does_not_rewrite_last_year(log_in):
    chair = log_in(Role.CHAIR)
    regulation = make_regulation("慰问办法", start=date(2024, 9, 1))
    chair.post(f"{LIST}{regulation.pk}/abolish/", {"last_day": "2026-06-30"})
    assert titles("in_force", date(2026, 6, 30)) == ["慰问办法"]
    assert titles("in_force", date(2026, 7, 1)) == []
    chair.post(f"{LIST}{regulation.pk}/restore/")
    assert titles("in_force", date(2026, 7, 1)) == ["慰问办法"]
    acts = AuditEntry.objects.filter(target_type="members.regulation").order_by("number")
    assert [entry.act for entry in acts][-2:] == [
        "members.abolish_regulation",
        "members.restore_regulation",
    ]
    assert acts.last().changes == {"end": ["2026-06-30", None]}


def test_a_regulation_ends_once_and_not_before_it_began():
    regulation = make_regulation("慰问办法", start=date(2025, 9, 1))
    early, late = date(2025, 8, 31), date(2026, 6, 30)
    with pytest.raises(RuleBroken) as refusal:
        actions.abolish_regulation(regulation=regulation, last_day=early, by=None)
    assert str(refusal.value) == "它从2025年9月1日起施行，最后一天不能早于这一天。"
    with pytest.raises(RuleBroken) as refusal:
        actions.restore_regulation(regulation=regulation, by=None)
    assert str(refusal.value) == "这项制度没有废止，不用恢复。"
    actions.abolish_regulation(regulation=regulation, last_day=late, by=None)
    with pytest.raises(RuleBroken) as refusal:
        actions.abolish_regulation(regulation=regulation, last_day=late, by=None)
    assert str(refusal.value) == "这项制度已经写着到2026年6月30日为止，不用再废止。"


def test_writing_one_down_keeps_its_file_and_leaves_a_trace(log_in):
    chair = log_in(Role.CHAIR)
    scan = BytesIO(b"%PDF-1.7")
    scan.name = "扫描件.pdf"
    response = chair.post(NEW, {"title": "经费使用制度", "start": "2026-03-01", "files": scan})
    regulation = Regulation.objects.get()
    assert response.url == regulation.get_absolute_url()
    page = chair.get(response.url).content.decode()
    assert "扫描件.pdf" in page
    assert "没有写正文，看附件。" in page
    entries = AuditEntry.objects.filter(target_type="members.regulation").order_by("number")
    assert [entry.act for entry in entries] == [
        "members.add_regulation",
        "unionoffice.attach_file",
    ]


def test_two_who_change_one_regulation_keep_each_others_changes(log_in):
    chair = log_in(Role.CHAIR)
    regulation = make_regulation("慰问办法", text="旧")
    edit = f"{LIST}{regulation.pk}/edit/"
    shown = chair.get(edit).context["form"]
    seen = shown["seen"].value()
    Regulation.objects.update(text="别人刚改的")
    posted = {"title": "慰问办法（修订）", "start": "2024-09-01", "text": "旧", "seen": seen}
    assert chair.post(edit, posted).status_code == 302
    regulation.refresh_from_db()
    assert (regulation.title, regulation.text) == ("慰问办法（修订）", "别人刚改的")


def test_who_changes_what_another_one_just_changed_is_told_once(log_in):
    chair = log_in(Role.CHAIR)
    regulation = make_regulation("慰问办法", text="旧")
    edit = f"{LIST}{regulation.pk}/edit/"
    seen = chair.get(edit).context["form"]["seen"].value()
    Regulation.objects.update(title="别人改的", adopted_by="委员会")
    posted = {"title": "我改的", "start": "2024-09-01", "text": "旧", "seen": seen}
    response = chair.post(edit, posted)
    assert response.status_code == 422
    form = response.context["form"]
    told = "名称刚被改成“别人改的”了，还要按这里写的改，就再保存一次。"
    assert form.errors == {"title": [told]}
    assert told in response.text
    assert form["title"].value() == "我改的"
    posted["seen"] = form["seen"].value()
    assert chair.post(edit, posted).status_code == 302
    regulation.refresh_from_db()
    assert (regulation.title, regulation.adopted_by) == ("我改的", "委员会")


def test_a_start_after_the_end_is_refused_in_words(log_in):
    chair = log_in(Role.CHAIR)
    regulation = make_regulation("慰问办法", start=date(2024, 9, 1), end=date(2025, 8, 31))
    posted = {"title": "慰问办法", "start": "2025-09-01"}
    response = chair.post(f"{LIST}{regulation.pk}/edit/", posted)
    assert response.status_code == 422
    assert "已经写着到2025年8月31日为止" in response.content.decode()


def test_what_is_missing_is_said_at_the_field(log_in):
    response = log_in(Role.CHAIR).post(NEW, {})
    assert response.status_code == 422
    assert response.context["form"].errors == {
        "title": ["名称是空的，例如：工会小组工作制度。"],
        "start": ["从哪天起施行是空的，填上。"],
    }


def test_a_teacher_reads_and_finds_no_button_to_write(log_in):
    regulation = make_regulation("慰问办法", text="第一条 看望。")
    teacher = log_in(Role.MEMBER)
    page = teacher.get(regulation.get_absolute_url()).content.decode()
    assert "<b>第一条</b>　看望。" in page
    assert "废止" not in page
    assert "edit/" not in page
    assert NEW not in teacher.get(LIST).content.decode()


def test_nonsense_in_the_address_is_answered_on_a_page_that_leads_back(log_in):
    response = log_in(Role.MEMBER).get(LIST, {"on": "2026-13-01", "tab": "x"})
    assert response.status_code == 422
    assert f'href="{LIST}"' in response.content.decode()


def test_the_export_is_what_the_list_shows(log_in):
    chair = log_in(Role.CHAIR)
    make_regulation("慰问办法", start=date(2024, 9, 1), end=date(2025, 8, 31))
    make_regulation("=小组", start=date(2025, 9, 1), adopted_by="工会委员会")
    response = chair.get(f"{LIST}export/", {"tab": "all", "on": "2026-01-01", "format": "xlsx"})
    rows = list(load_workbook(BytesIO(response.getvalue())).active.values)
    assert rows[0] == ("名称", "文号", "由谁通过", "施行", "废止前的最后一天", "2026-01-01")
    assert [(row[0], row[2], row[5]) for row in rows[1:]] == [
        ("'=小组", "工会委员会", "施行中"),
        ("慰问办法", None, "已废止"),
    ]


def test_the_sheet_for_the_wall_is_a_pdf_with_chapters_and_articles():
    office = make_office()
    text = "第一章 总则\n第一条 为了大家。\n\n　　依据章程。\n" + "第二条 很长。\n" * 300
    regulation = make_regulation("小组<工作>制度", text=text)
    assert paragraphs_of(regulation.text)[:3] == [
        Paragraph("第一章 总则", "", is_chapter=True),
        Paragraph("第一条", "为了大家。"),
        Paragraph("", "依据章程。"),
    ]
    assert wall_pdf(regulation, office).startswith(b"%PDF")


def test_the_type_on_the_wall_is_as_large_as_one_page_holds():
    sizes = [
        size_for("第一条 为了大家，制定本制度。\n" * articles) for articles in (3, 12, 15, 200)
    ]
    assert sizes == [28, 24, 20, 16]


@pytest.mark.parametrize("regulations", [1, 3])
def test_the_list_costs_the_same_queries_at_any_length(
    regulations, log_in, django_assert_num_queries
):
    for number in range(regulations):
        make_regulation(f"制度{number}")
    client = log_in(Role.MEMBER)
    client.get(LIST)
    with django_assert_num_queries(LIST_QUERIES):
        client.get(LIST)


def test_the_box_that_finds_things_finds_regulations(log_in):
    make_regulation("慰问办法")
    groups = log_in(Role.MEMBER).get("/find/", {"q": "慰问"}).context["groups"]
    assert [(group.heading, [row.name for row in group.rows]) for group in groups] == [
        ("制度", ["慰问办法"])
    ]


def test_one_that_begins_tomorrow_is_still_to_come():
    tomorrow = timezone.localdate() + timedelta(days=1)
    regulation = make_regulation("新办法", start=tomorrow)
    assert regulation.standing(timezone.localdate()).label == "还没施行"
