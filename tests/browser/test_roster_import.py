"""A roster file in Chromium: sent, chosen from, watched while it lands, taken back."""

import pytest
from playwright.sync_api import expect

from members.models import Member, RosterImport
from tests.factories.members import make_group, make_member, make_office, make_roster_file

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PEOPLE = [
    {"工号": f"{n:05}", "姓名": f"甲{chr(0x4E00 + n)}", "人员状态": "在职"} for n in range(3000)
]


@pytest.fixture
def page_of_chair(open_page, log_in_chair):
    make_office()
    return log_in_chair(open_page())


def send(page, *people):
    page.goto("/members/imports/new/")
    file = {"name": "名册.xlsx", "mimeType": "application/zip", "buffer": make_roster_file(*people)}
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="看看会改什么").click()


def test_the_bar_moves_while_a_roster_lands(page_of_chair):
    page = page_of_chair
    send(page, *PEOPLE)
    expect(page.get_by_role("button", name="导入 3,000 行")).to_be_visible()
    bar = page.locator("progress")
    assert bar.get_attribute("aria-labelledby") == "progress-label"
    page.evaluate(
        """() => {
          window.told = [];
          const bar = document.querySelector("[data-progress] progress");
          new MutationObserver(() => told.push(bar.value / bar.max)).observe(bar, { attributes: true });
          window.heard = [];
          const said = document.querySelector("[data-progress] [role=status]");
          new MutationObserver(() => heard.push(said.textContent)).observe(said, { childList: true });
          addEventListener("pagehide", () => sessionStorage.setItem("heard", JSON.stringify(heard)));
          addEventListener("pagehide", () => sessionStorage.setItem("told", JSON.stringify(told)));
        }"""
    )
    page.get_by_role("button", name="导入 3,000 行").click()
    expect(page.get_by_role("heading", name="导入好了")).to_be_visible()
    told = page.evaluate("JSON.parse(sessionStorage.getItem('told'))")
    assert len(set(told)) >= 5
    assert told == sorted(told)
    assert told[-1] == 1
    heard = page.evaluate("JSON.parse(sessionStorage.getItem('heard'))")
    assert heard[-1] == "正在写进名册，100%"
    assert 3 <= len(heard) <= 6
    assert Member.objects.filter(name__startswith="甲").count() == 3000
    page.get_by_role("button", name="整批撤回").click()
    expect(page.get_by_role("heading", name="已经撤回")).to_be_visible()
    assert not Member.objects.filter(name__startswith="甲").exists()


def test_a_choice_is_kept_as_soon_as_it_is_made(page_of_chair):
    page = page_of_chair
    first, _ = make_member("李文静", staff_no="A1"), make_member("李文静", staff_no="A2")
    make_group("理化生组")
    send(page, {"姓名": "李文静", "性别": "女", "工会小组": "物化生组"})
    page.get_by_label("第 2 行李文静怎么办").select_option(str(first.pk))
    expect(page.get_by_text("要您定").first).to_be_visible()
    page.get_by_label("没有“物化生组”").select_option("理化生组")
    expect(page.get_by_role("button", name="导入 1 行")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="导入 1 行")).to_be_visible()
    kept = RosterImport.objects.get()
    assert kept.choices["rows"] == {"0": str(first.pk)}
