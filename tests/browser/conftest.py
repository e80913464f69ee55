"""Chromium for tests: Debian's own, headless, with nothing fetched from outside."""

import os
import shutil

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, sync_playwright

from tests.factories.members import make_user
from unionoffice.roles import Role

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def chromium() -> Browser:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "没有找到 Chromium：apt-get install chromium"
    # the browser's driver keeps an event loop in this thread; the tests' own queries run beside it
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(chromium, live_server):
    """open_page(width=1440) -> a page of a browser of its own; complaints of its console fail."""
    pages = []

    def opened(width: int = 1440) -> Page:
        height = 844 if width < 768 else 900
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            locale="zh-CN",
            accept_downloads=True,
        )
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        pages.append((context, complaints))
        return page

    yield opened
    for context, complaints in pages:
        context.close()
        assert complaints == []


@pytest.fixture
def log_in_chair(client, live_server):
    """log_in_chair(page): the page belongs to the chair, without a password typed."""

    def logged_in(page: Page) -> Page:
        user = make_user(Role.CHAIR, Role.MEMBER)
        client.force_login(user, backend="members.backends.RoleBackend")
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
        page.context.add_cookies([cookie])
        return page

    return logged_in
