"""Drawn photos for the manual's pictures, and the steps to their pages."""

import random
import time
from pathlib import Path
from tempfile import mkdtemp

from PIL import Image, ImageDraw
from playwright.sync_api import Page, Route

SKY, SKIN, BANNER = (200, 215, 230), (235, 200, 175), (170, 40, 35)
WIDTH, HEIGHT, PEOPLE = 1600, 1200, 14
PIECES = "**/photos/uploads/*/?offset=*"


def drawn(seed: int) -> Image.Image:
    """A sports ground with a banner and some people, none of whom exists."""
    dice = random.Random(seed)
    photo = Image.new("RGB", (WIDTH, HEIGHT), SKY)
    draw = ImageDraw.Draw(photo)
    draw.rectangle((0, HEIGHT * 0.6, WIDTH, HEIGHT), fill=(150 + dice.randrange(60), 170, 120))
    draw.rectangle((WIDTH * 0.2, HEIGHT * 0.08, WIDTH * 0.8, HEIGHT * 0.2), fill=BANNER)
    for _ in range(PEOPLE):
        x, y, size = dice.randrange(WIDTH), dice.randrange(480, 1000), dice.randrange(50, 110)
        shirt = tuple(dice.randrange(60, 230) for _ in range(3))
        draw.ellipse((x, y - size * 1.7, x + size * 0.7, y - size), fill=SKIN)
        draw.rounded_rectangle((x - size * 0.15, y - size, x + size * 0.85, y + size), 20, shirt)
    return photo


def photo_files(number: int) -> list[Path]:
    room = Path(mkdtemp())
    paths = [room / f"IMG_{2031 + seed}.jpg" for seed in range(number)]
    for seed, path in enumerate(paths):
        drawn(seed).save(path, quality=90)
    return paths


def send_photos(page: Page) -> None:
    """Seen while some are there and the connection is lost."""
    page.goto("/activities/")
    href = page.locator("tbody th a").nth(1).get_attribute("href")
    page.goto(f"{href}photos/")
    asked: list[str] = []

    def lose(route: Route) -> None:
        asked.append(route.request.url)
        time.sleep(0.1)
        (route.abort if len(asked) > 5 else route.continue_)()

    page.route(PIECES, lose)
    page.set_input_files("[data-photo-files]", photo_files(8))
    page.get_by_role("button", name="现在再试").wait_for()


def see_wall(page: Page) -> None:
    page.unroute(PIECES)
    address = page.url
    page.locator("#wall img").nth(7).wait_for(timeout=60_000)
    page.goto(address)


def see_photo(page: Page) -> None:
    page.locator("#wall a").nth(1).click()
    page.fill("[name=caption]", "场边合影")
    page.get_by_role("button", name="保存说明").click()
    page.get_by_role("button", name="用作封面").click()
    page.locator("[data-close]").click()
