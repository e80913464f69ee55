"""What stands on the manual's pictures of clubs, places and things."""

import re

from playwright.sync_api import Page


def see_club(page: Page) -> None:
    page.goto("/activities/series/?kind=club&state=open")
    page.goto(page.locator("tbody th a").first.get_attribute("href"))


def record_meeting(page: Page) -> None:
    page.get_by_role("link", name="记这一次").first.click()
    page.wait_for_url(re.compile(r"/record/"))
    for box in page.locator("[name=came]").all()[::2]:
        box.check(force=True)


def see_place(page: Page) -> None:
    page.goto("/activities/places/?kind=room")
    page.goto(page.locator("tbody th a").first.get_attribute("href"))


def see_assets(page: Page) -> None:
    page.goto("/activities/places/assets/")
