"""Take the pictures of the manual (docs/img) from a sample school of its own, on this machine only.

    .venv/bin/python script/manual_pictures.py [OUT]

Needs Chromium and requirements/dev.txt. The sample school lives up to today, so the dates in the
pictures change from run to run; commit them only when a page looks different.
"""

import io
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from manual_photos import see_photo, see_wall, send_photos
from manual_places import record_meeting, see_assets, see_club, see_place
from openpyxl import Workbook
from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "docs" / "img"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CHAIR, PASSWORD = "9200000", "sample-school"
WIDTH, HEIGHT = 1180, 760
PLAN_TEXT = (
    f"{datetime.now(ZoneInfo('Asia/Shanghai')).year + 1}年学校工会工作计划\n"
    "一、指导思想\n围绕学校中心工作，服务教职工。\n二、月度安排\n"
    "三月份：\n1、3月8日女教职工插花活动\n2、为五月的教代会征集提案\n"
    "四月份：\n1、双周五 16:20–17:00 工会活动\n2、春季健步走。职工书屋换新书。\n"
    "五月份：\n1、召开教代会\n常年：\n1、探望患病教职工\n"
)
COLOURS = 64  # enough for a page of text, and a quarter of the size
ROSTER = (
    ("示例市第三中学教职工花名册",),
    ("工号", "姓名", "性别", "出生年月", "部门", "政治面貌", "参加工作", "联系电话"),
    ("2600101", "范 知秋", "女", "1999.8", "语文组", "共青团员", "2026年8月", "13800009001"),
    ("2600102", "区志远", "男", "一九九八年三月", "体艺组", "群众", "2026.8", "13800009002"),
    ("2600103", "单晓雯", "女", "2000-13", "英语组", "群众", "2026.8", "1380000"),
    ("合计", "3 人"),
)


def main(out: Path) -> None:
    with tempfile.TemporaryDirectory() as data:
        settings = os.environ | {"UNION_DATA": data, "UNION_DEBUG": "True"}
        for command in (["migrate", "-v0"], ["load_sample", "-v0", "--members", "120"]):
            run(command, settings)
        port = free_port()
        server = start(["runserver", f"127.0.0.1:{port}", "--noreload"], settings)
        try:
            wait_for(f"http://127.0.0.1:{port}/login/")
            photograph(f"http://127.0.0.1:{port}", out)
        finally:
            server.terminate()
            server.wait()


def run(command: list[str], settings: dict) -> None:
    subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=settings, check=True)


def start(command: list[str], settings: dict) -> subprocess.Popen:
    quiet = subprocess.DEVNULL
    whole = [sys.executable, "manage.py", *command]
    return subprocess.Popen(whole, cwd=ROOT, env=settings, stdout=quiet, stderr=quiet)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address: str) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(address).close()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("示例学校没有启动。")


def photograph(base: str, out: Path) -> None:
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        page = browser.new_context(
            base_url=base, viewport={"width": WIDTH, "height": HEIGHT}, locale="zh-CN"
        ).new_page()
        page.set_default_timeout(8000)
        log_in(page)
        for name, prepare in PICTURES.items():
            prepare(page)
            page.wait_for_load_state("networkidle")
            keep(page.screenshot(), out / f"{name}.png")
        browser.close()


def keep(content: bytes, path: Path) -> None:
    picture = Image.open(io.BytesIO(content)).convert("RGB").quantize(COLOURS, dither=0)
    picture.save(path, optimize=True)
    sys.stdout.write(f"{path.name} {path.stat().st_size // 1024} KB\n")


def today() -> date:
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


def log_in(page: Page) -> None:
    page.goto("/login/")
    page.fill("[name=username]", CHAIR)
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_load_state()


# --- what stands on each picture; one goes on where the one before it stopped -----------------


def roster_file() -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "花名册"
    for row in ROSTER:
        sheet.append(row)
    sheet.merge_cells("A1:H1")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def choose_roster(page: Page) -> None:
    page.goto("/members/imports/new/")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    file = {"name": "2026年8月花名册.xlsx", "mimeType": kind, "buffer": roster_file()}
    page.set_input_files("[name=file]", file)


def preview_roster(page: Page) -> None:
    page.click("main button[type=submit]")
    page.wait_for_url(re.compile(r"/imports/\d+/"))


def set_up_term(page: Page) -> None:
    page.goto("/organisation/terms/new/")
    page.fill("[name=number]", "9")
    page.fill("[name=start]", today().isoformat())
    page.check("[name=years][value='5']")


def nominate(page: Page) -> None:
    page.click("main button[type=submit]")
    page.wait_for_url(re.compile(r"/terms/\d+/"))
    page.goto(f"{page.url}elections/new/?kind=general")
    page.fill("[name=day]", today().isoformat())
    page.fill("[name=note]", "会员代表大会，无记名投票，差额选举")
    page.click("main button[type=submit]")
    page.wait_for_url(re.compile(r"/elections/\d+/$"))
    for initial, office in (("w", "chair"), ("l", "vice_chair"), ("z", "organisation")):
        nominate_one(page, initial, office)


def nominate_one(page: Page, initial: str, office: str) -> None:
    page.locator("[role=combobox]").press_sequentially(initial)
    page.locator("[role=option]").filter(has_not_text="退休").first.click()
    page.select_option("[name=office]", office)
    page.get_by_role("button", name="加进候选人").click()
    page.wait_for_load_state()


def count_votes(page: Page) -> None:
    page.get_by_role("link", name="记票").click()
    page.wait_for_url("**/count/")
    for name, number in (
        ("entitled", 60),
        ("present", 56),
        ("ballots_issued", 56),
        ("ballots_returned", 56),
        ("ballots_valid", 55),
    ):
        page.fill(f"[name={name}]", str(number))
    for number, votes in enumerate(page.locator("[name^=votes_]").all()):
        votes.fill(str(54 - number))
    for elected in page.locator("[name^=elected_]").all():
        elected.check()


def see_what_follows(page: Page) -> None:
    page.click("main button[type=submit]")
    page.wait_for_url(re.compile(r"/elections/\d+/$"))
    page.get_by_role("heading", name="核对").evaluate("heading => heading.scrollIntoView()")
    page.locator("[data-close]").click()


def move_out(page: Page) -> None:
    page.goto("/members/?employment=working&sort=-joined")
    page.goto(page.locator("tbody th a").nth(5).get_attribute("href"))
    page.goto(f"{page.url}moves/transfer_out/")
    page.fill("[name=union]", "示例市第五中学工会")


def all_moves(page: Page) -> None:
    page.goto("/members/moves/")


def who_retires(page: Page) -> None:
    year = today().year
    page.goto(f"/members/retirements/?period={year}-01-01..{year + 5}-12-31")


def retire(page: Page) -> None:
    page.goto(page.locator("tbody th a").first.get_attribute("href"))
    page.goto(f"{page.url}moves/retire/")


def open_plan(page: Page, part: str) -> None:
    page.goto("/activities/plans/")
    page.goto(page.locator(".plan-rows .what > a").first.get_attribute("href") + part)


def write_chapters(page: Page) -> None:
    open_plan(page, "sections/")


def carry_plan(page: Page) -> None:
    open_plan(page, "carry/")


def see_plan_state(page: Page) -> None:
    open_plan(page, "state/")
    page.locator("main details summary").first.click()


def see_changes(page: Page) -> None:
    open_plan(page, "changes/")


def see_month(page: Page) -> None:
    page.goto(f"/activities/plans/calendar/?month={today():%Y-%m}")


def see_days_off(page: Page) -> None:
    page.goto("/activities/plans/calendar/days/import/")
    page.fill(
        "[name=text]",
        "国务院办公厅关于2026年部分节假日安排的通知\n"
        "一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。",
    )
    page.click("main button[type=submit]")
    page.wait_for_load_state()


def move_on_board(page: Page) -> None:
    page.goto("/activities/plans/")
    page.locator(".plan-rows .now .what > a").first.click()
    page.locator("li[data-move] > a:first-of-type").last.focus()
    page.keyboard.press("m")


def subscribe(page: Page) -> None:
    page.goto("/activities/plans/calendar/feed/")


def record_quick(page: Page) -> None:
    page.goto("/activities/new/")
    page.fill("[name=title]", "教职工拔河赛")
    page.fill("[name=headcount]", "86")
    page.locator("[name=field]").first.check(force=True)


def record_study(page: Page) -> None:
    page.goto("/activities/new/?kind=study")
    page.select_option("[name=study-form]", "lecture")
    page.fill("[name=study-teacher]", "示例大学心理中心")
    page.fill("[name=study-hours]", "2")
    page.locator("details.more-fields summary").first.evaluate("line => line.scrollIntoView()")


def see_record(page: Page) -> None:
    record_quick(page)
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_url(re.compile(r"/activities/\d+/$"))
    for award, people in (("一等奖", 2), ("二等奖", 4)):
        page.locator("#prizes summary").click()
        page.fill("[name=prize-award]", award)
        page.fill("[name=prize-people]", str(people))
        page.locator("#prizes form button.btn-outline-secondary").last.click()
        page.wait_for_load_state()
    page.locator("[data-close]").click()


def announce(page: Page, title: str, days: int) -> None:
    page.goto("/activities/announce/")
    page.fill("[name=title]", title)
    page.fill("[name=day]", (today() + timedelta(days)).isoformat())
    page.fill("[name=place]", "体育馆")
    page.locator("[name=field]").first.evaluate("field => field.click()")
    page.get_by_role("button", name="发通知").click()
    page.wait_for_url(re.compile(r"/activities/\d+/$"))


def ask_for_sign_up(page: Page) -> None:
    announce(page, "教职工羽毛球赛", 9)
    page.get_by_role("link", name="发起报名").click()
    page.wait_for_url("**/signup/")
    page.fill("[name=notice]", "自带球拍，穿运动鞋。下午四点半在体育馆集合。")
    page.fill("[name=limit]", "24")
    page.fill("[name=deadline]", f"{today() + timedelta(7)}T17:00")


def sign_people_up(page: Page) -> None:
    page.get_by_role("button", name="开始报名").click()
    page.get_by_role("link", name="替别人报名").click()
    page.wait_for_url("**/people/")
    for box in page.locator("[name=members]").all()[:26:2]:
        box.check()
    page.get_by_role("button", name="报名", exact=True).click()
    page.wait_for_url(re.compile(r"/signups/\d+/$"))
    page.locator("[data-close]").click()


def mark_who_came(page: Page) -> None:
    announce(page, "工会活动日健身操", 0)
    page.get_by_role("link", name="加进名单").click()
    page.wait_for_url("**/attendance/")
    page.select_option("[name=group]", index=1)
    page.get_by_role("button", name="加进名单").click()
    page.locator(".roll-row").first.wait_for()
    rows = page.locator(".roll-row")
    for number, mark in enumerate(("到", "到", "请假", "到", "未到", "到")):
        radio = rows.nth(number).get_by_role("radio", name=mark, exact=True)
        radio.evaluate("radio => radio.click()")
    page.locator("[data-close]").click()


def show_the_code(page: Page) -> None:
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_text("记好了").wait_for()
    page.get_by_role("button", name="扫码签到").click()
    page.locator("#code svg").wait_for()


def who_took_part(page: Page) -> None:
    page.goto("/activities/attendance/")


def see_honours(page: Page) -> None:
    page.goto("/activities/honours/")


def record_honour(page: Page) -> None:
    page.goto("/activities/honours/new/")
    page.get_by_label("什么荣誉").fill("优秀工会工作者")
    page.get_by_label("市级", exact=True).check(force=True)
    page.get_by_label("由谁授予").fill("示例市教育工会")
    page.get_by_label("哪天").fill("2026-09")


def see_selection(page: Page) -> None:
    page.goto("/activities/selections/?state=open")
    page.goto(page.locator("tbody th a").first.get_attribute("href"))


def review_plan(page: Page) -> None:
    page.goto("/activities/plans/import/")
    page.fill("[name=text]", PLAN_TEXT)
    page.get_by_role("button", name="读一读").click()
    page.locator("#jumps").evaluate("found => found.scrollIntoView()")


PICTURES: dict[str, Callable[[Page], None]] = {
    "import-file": choose_roster,
    "import-preview": preview_roster,
    "term-new": set_up_term,
    "election-candidates": nominate,
    "election-count": count_votes,
    "election-announce": see_what_follows,
    "move-out": move_out,
    "move-list": all_moves,
    "retirement-list": who_retires,
    "retirement-form": retire,
    "signup-form": ask_for_sign_up,
    "signup-detail": sign_people_up,
    "attendance-marks": mark_who_came,
    "sign-in-screen": show_the_code,
    "attendance-list": who_took_part,
    "series-detail": see_club,
    "series-record": record_meeting,
    "place-detail": see_place,
    "asset-list": see_assets,
    "plan-import": review_plan,
    "plan-sections": write_chapters,
    "plan-carry": carry_plan,
    "plan-state": see_plan_state,
    "plan-changes": see_changes,
    "calendar-month": see_month,
    "calendar-notice": see_days_off,
    "calendar-move": move_on_board,
    "calendar-feed": subscribe,
    "activity-new": record_quick,
    "activity-kind": record_study,
    "activity-page": see_record,
    "honour-list": see_honours,
    "honour-new": record_honour,
    "selection": see_selection,
    "photos-sending": send_photos,
    "photos-wall": see_wall,
    "photos-one": see_photo,
}

if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else OUT)
