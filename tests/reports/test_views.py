"""The pages of the reports."""

import html
import io
import re

import docx
import pytest

from activities.models import PlanSection
from tests.factories.activities import make_activity, make_item, make_plan
from tests.factories.congress import make_motion
from tests.factories.welfare import make_visit
from unionoffice.roles import Role

FRAME = 4  # office, session, user, roles


def test_report_list_names_what_is_still_missing(log_in):
    page = log_in(Role.CHAIR).get("/reports/?period=2026").content.decode()
    assert "2026年工作总结" in page
    assert "还有 3 处待补：指导思想、主要工作、每月的计划事项" in page


def test_report_list_offers_the_period_of_its_address(log_in):
    page = log_in(Role.CHAIR).get("/reports/?period=2019-2020-1").content.decode()
    assert "2019—2020学年第一学期工作计划" in page


def test_report_preview_links_each_figure_to_its_list(log_in):
    make_visit()
    page = log_in(Role.CHAIR).get("/reports/summary/?period=2026").content.decode()
    assert '<a class="num" href="/welfare/?period=2026" title="慰问人次">1</a>人次' in page
    assert "【待补：收到提案】" in page


def test_the_preview_has_one_h1_above_the_titles_of_its_sheets(log_in):
    make_activity("2026-03-06", plan_item=make_item())
    page = log_in(Role.CHAIR).get("/reports/summary/?period=2026").content.decode()
    assert re.findall("<h1[^>]*>(.*?)</h1>", page) == ["2026年工作总结"]
    assert page.count('<h2 class="gw-title">') == 2
    assert 'role="heading" aria-level="3">一、组织建设' in page


@pytest.mark.parametrize("address", ["/reports/novel/", "/reports/novel/export/"])
def test_report_preview_of_an_unknown_kind_is_not_found(log_in, address):
    assert log_in(Role.CHAIR).get(address).status_code == 404


@pytest.mark.parametrize(
    ("period", "sentence"),
    [
        ("2026-13", "看不懂期间“2026-13”"),
        ("2026-2029", "看不懂期间“2026-2029”"),
        ("2026-12-31..2026-01-01", "起始日期 2026-12-31 晚于结束日期 2026-01-01，对调一下。"),
    ],
)
def test_a_period_that_cannot_be_read_gets_a_sentence(log_in, period, sentence):
    response = log_in(Role.CHAIR).get(f"/reports/?period={period}")
    assert response.status_code == 400
    assert sentence in response.content.decode()


def test_report_export_gives_the_named_document(log_in):
    response = log_in(Role.CHAIR).get("/reports/summary/export/?period=2026&format=docx")
    assert (
        "2026%E5%B9%B4%E5%B7%A5%E4%BD%9C%E6%80%BB%E7%BB%93.docx"
        in response.headers["Content-Disposition"]
    )
    word = docx.Document(io.BytesIO(response.content))
    title = [p.text for p in word.paragraphs if p.style.name == "Title"]
    assert title[:2] == ["示例市第三中学工会委员会", "2026年工作总结"]


def test_report_export_gives_a_pdf(log_in):
    response = log_in(Role.CHAIR).get("/reports/plan/export/?period=2026&format=pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")


def test_report_export_knows_two_formats(log_in):
    assert log_in(Role.CHAIR).get("/reports/plan/export/?format=exe").status_code == 404


def test_the_higher_union_reads_and_exports_and_a_teacher_does_neither(log_in):
    higher, teacher = log_in(Role.HIGHER_UNION), log_in(Role.MEMBER)
    for address in ("/reports/", "/reports/summary/", "/reports/summary/export/"):
        assert higher.get(address).status_code == 200
        assert teacher.get(address).status_code == 403


LINK = re.compile(r'href="(/[^"]*[?][^"]*)"')


@pytest.mark.parametrize("role", [Role.CHAIR, Role.SCHOOL_LEADER, Role.HIGHER_UNION])
def test_every_link_of_the_preview_opens_for_its_reader(role, log_in):
    make_visit()
    make_motion("filed")
    make_activity("2026-03-06")
    client = log_in(role)
    page = client.get("/reports/summary/?period=2026").content.decode()
    links = {html.unescape(link) for link in LINK.findall(page) if "export" not in link}
    assert "/activities/?period=2026" in links
    assert {link for link in links if client.get(link).status_code != 200} == set()


def test_a_figure_whose_list_is_closed_to_the_reader_leads_to_how_it_was_counted(log_in):
    make_visit()
    page = log_in(Role.HIGHER_UNION).get("/reports/summary/?period=2026").content.decode()
    address = "/reports/figures/welfare.visits/?period=2026"
    assert f'全年慰问<a class="num" href="{address}" title="慰问人次">1</a>人次' in page
    assert f'其中生病住院<a class="num" href="{address}" title="生病住院">1</a>人次' in page
    assert "/welfare/" not in page


@pytest.mark.parametrize("role", [Role.CHAIR, Role.HIGHER_UNION])
def test_every_figure_named_beside_the_text_says_how_it_was_counted(role, log_in):
    make_visit()
    make_activity("2026-03-06")
    client = log_in(role)
    page = client.get("/reports/summary/?period=2026H1").content.decode()
    pages = set(re.findall(r'<dd><a href="(/reports/figures/[^"]+)"', page))
    assert len(pages) >= 15
    assert all(address.endswith("/?period=2026H1") for address in pages)
    assert {client.get(address).status_code for address in pages} == {200}


@pytest.mark.parametrize("records", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"),
    [("/reports/", FRAME + 33), ("/reports/summary/", FRAME + 24), ("/reports/plan/", FRAME + 8)],
)
def test_the_reports_take_as_many_queries_however_many_records_there_are(
    address, queries, records, log_in, django_assert_num_queries
):
    plan = make_plan(sections=[PlanSection(order=0, title="指导思想", body="围绕中心。")])
    for month in range(1, records + 1):
        make_item(plan, f"2026-{month:02}", f"例会{month}")
        make_visit()
        make_motion("filed")
        make_activity("2026-03-06", f"登山{month}", is_highlight=True, highlight=f"登山{month}")
    client = log_in(Role.CHAIR)
    with django_assert_num_queries(queries):
        assert client.get(f"{address}?period=2026").status_code == 200


def test_the_plan_names_no_source_because_it_has_no_figures(log_in):
    page = log_in(Role.CHAIR).get("/reports/plan/?period=2026").content.decode()
    assert "<h2>待补" in page
    assert "数从哪里来" not in page
