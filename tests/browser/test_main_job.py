"""The main job, once, as its people do it: from the first-run page to the summary on paper."""

import io

import docx
import pdfplumber
import pytest
from django.utils import timezone
from openpyxl import Workbook
from playwright.sync_api import Page, expect

from members import actions
from members.models import Member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "table-tennis-2026"
ROSTER = (
    ("会员花名册",),
    ("工号", "姓名", "性别", "出生日期", "部门", "工会小组", "在职/退休", "手机"),
    ("01001", "示例甲", "女", "1985.3", "语文组", "第一工会小组", "在职", "13800000001"),
    ("01002", "示例乙", "男", "1979年11月", "数学组", "第一工会小组", "在职", "13800000002"),
    ("01003", "示例丙", "女", "19900607", "英语组", "第二工会小组", "在职", "13800000003"),
    ("01004", "", "男", "1992-01", "英语组", "第二工会小组", "在职", ""),
    ("合计", "3人"),
)


def roster_file() -> dict:
    book = Workbook()
    for row in ROSTER:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return {"name": "花名册.xlsx", "mimeType": "application/octet-stream", "buffer": out.getvalue()}


def plan_text(year: int, month: int) -> str:
    items = {m: f"第{m}项安排" for m in range(1, 13)} | {month: "教职工羽毛球赛"}
    lines = "\n".join(f"{m}月份：{item}。" for m, item in items.items())
    return (
        f"{year}年学校工会工作计划\n一、指导思想\n围绕中心工作，服务教职工。\n二、月度安排\n{lines}"
    )


def set_up(page: Page) -> None:
    page.goto("/")
    for label, value in (
        ("学校全称", "示例市第三中学"),
        ("简称", "示例三中"),
        ("工会署名", "示例市第三中学工会委员会"),
        ("上级工会", "示例市教育工会"),
        ("管理员姓名", "示例主席"),
        ("工号或手机号", "00001"),
    ):
        page.get_by_label(label).fill(value)
    page.get_by_label("密码", exact=False).first.fill(PASSWORD)
    page.get_by_label("再写一遍密码").fill(PASSWORD)
    page.get_by_role("button", name="设好了").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("示例主席")


def import_roster(page: Page) -> None:
    page.goto("/members/imports/new/")
    page.locator("input[type=file]").set_input_files(files=[roster_file()])
    page.get_by_role("button", name="看看会改什么").click()
    expect(page.locator("body")).to_contain_text("合计行")
    page.get_by_role("button", name="导入 3 行").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("导入好了")


def import_plan(page: Page, year: int, month: int) -> None:
    page.goto("/activities/plans/import/")
    page.locator("textarea").fill(plan_text(year, month))
    page.get_by_role("button", name="读一读").click()
    page.get_by_role("button", name="建成计划，12 项").click()
    expect(page.locator(".board")).to_contain_text("教职工羽毛球赛")


def record_activity(page: Page) -> None:
    page.get_by_role("link", name="教职工羽毛球赛").first.click()
    page.get_by_role("link", name="记", exact=False).filter(has_text="记").last.click()
    page.locator("[name=headcount]").fill("36")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("#main")).to_contain_text("36")


def record_visit(page: Page) -> None:
    page.goto("/welfare/new/")
    page.get_by_label("慰问谁").fill("slj")
    page.get_by_role("option", name="示例甲").click()
    page.get_by_label("生病住院").check()
    page.locator("[name=money]").fill("600")
    expect(page.locator("#preview")).to_contain_text("600 元")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("#main")).to_contain_text("600 元")


def log_in_with_one_time_password(page: Page, login: str, password: str) -> None:
    page.goto("/")
    page.get_by_label("工号或手机号").fill(login)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()
    page.get_by_label("新密码").fill(PASSWORD)
    page.get_by_label("再写一遍").fill(PASSWORD)
    page.locator("button.btn-primary").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("老师")


def send_motion(page: Page) -> str:
    page.goto("/congress/motions/new/")
    page.locator("[name=title]").fill("改善课间饮水条件")
    page.get_by_label("民生福利").check()
    page.locator("[name=reason]").fill(
        "课间十分钟排队接水时间长，部分饮水机老化，学生和老师都反映过多次。"
    )
    page.locator("[name=suggestion]").fill("请总务处摸清情况，逐层增设饮水机，并公布安排。")
    page.get_by_role("button", name="提交，请人附议").click()
    expect(page.locator("#main")).to_contain_text("关于改善课间饮水条件的提案")
    return page.url


def second_motion(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_role("button", name="附议", exact=False).first.click()
    expect(page.locator("#main")).to_contain_text("附议")


def download(page: Page, name: str) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).click()
    return waiting.value.path().read_bytes()


def test_the_main_job_from_the_first_run_page_to_the_summary_on_paper(open_page):
    today = timezone.localdate()
    chair = open_page()
    set_up(chair)
    import_roster(chair)
    import_plan(chair, today.year, today.month)
    record_activity(chair)
    record_visit(chair)

    passwords = {
        member.staff_no: actions.open_account(member=member, by=None)[1]
        for member in Member.objects.filter(staff_no__startswith="0100")
    }
    teachers = {}
    for login, password in passwords.items():
        teachers[login] = open_page(width=390)
        log_in_with_one_time_password(teachers[login], login, password)
    motion = send_motion(teachers["01001"])
    second_motion(teachers["01002"], motion)
    second_motion(teachers["01003"], motion)
    expect(teachers["01003"].locator("#main")).to_contain_text("待审查")

    chair.goto(motion)
    chair.get_by_role("button", name="立案", exact=True).click()
    expect(chair.locator("#main")).to_contain_text(f"〔{today.year}〕001号")

    chair.goto(f"/reports/summary/?period={today.year}")
    expect(chair.locator(".paper").first).to_contain_text("慰问1人次")
    word = docx.Document(io.BytesIO(download(chair, "导出 DOCX")))
    text = "".join(paragraph.text for paragraph in word.paragraphs)
    with pdfplumber.open(io.BytesIO(download(chair, "导出 PDF"))) as pdf:
        printed = "".join(char["text"] for page in pdf.pages for char in page.chars)
    for said in ("在册会员4人", "收到提案1件", "发放慰问金合计600元", "参加活动的教职工共36人次"):
        assert said in text
        assert said in printed
    assert "【待补：存在的不足】" in text
