"""The register holds exactly the rows on the screen, and no illness."""

import csv
import io
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.factories.members import make_department, make_group, make_member
from tests.factories.welfare import make_visit
from unionoffice.models import AuditEntry
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db
EXPORT = reverse("welfare:visit_export") + "?period=2026"
HEAD = [
    "日期", "对象", "部门", "工会小组", "事由", "是谁的事", "地点",
    "慰问金（元）", "慰问品", "折价（元）", "谁去的",
]  # fmt: skip


@pytest.fixture
def visits(office):
    wang = make_member("王桂芬", department=make_department("语文组"), group=make_group("甲组"))
    make_visit(
        wang,
        relation="parent",
        place="家里",
        reason="急性阑尾炎",
        goods="=1+1",
        goods_value=Decimal(80),
        visitors=[make_member("周慧兰"), make_member("罗静怡")],
    )
    make_visit(make_member("许知行"), kind="festival")
    make_visit(wang, voided="记重了")


def csv_rows(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_visit_export_as_csv_is_the_filtered_list(visits, log_in):
    response = log_in(Role.WELFARE).get(EXPORT + "&kind=illness&format=csv")
    assert csv_rows(response) == [
        HEAD,
        [
            "2026-03-12", "王桂芬", "语文组", "甲组", "生病住院", "父母", "家里",
            "600.00", "'=1+1", "80.00", "罗静怡、周慧兰",
        ],
    ]  # fmt: skip


def test_visit_export_as_a_workbook_has_the_rows_of_the_screen(visits, log_in):
    client = log_in(Role.WELFARE)
    sheet = load_workbook(io.BytesIO(client.get(EXPORT).content)).active
    rows = list(sheet.iter_rows(values_only=True))
    page = client.get(reverse("welfare:visit_list") + "?period=2026").context["page"]
    assert list(rows[0]) == HEAD
    assert [row[1] for row in rows[1:]] == [visit.person for visit in page]


def test_visit_export_leaves_a_trace(visits, log_in):
    log_in(Role.WELFARE).get(EXPORT + "&format=csv")
    entry = AuditEntry.objects.first()
    assert entry.act == "welfare.export_visits"
    assert entry.changes == {"filters": {"period": "2026"}, "rows": 2}


def test_visit_export_with_a_filter_that_makes_no_sense_gives_no_file(visits, log_in):
    response = log_in(Role.WELFARE).get(EXPORT + "&kind=party")
    assert (response.status_code, response.url) == (302, reverse("welfare:visit_list"))
