"""Photos from a phone: the connection breaks in the middle, and they go on where they stopped."""

import io
import random
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from activities.models import Activity, Photo, PhotoUpload
from tests.factories.activities import make_activity
from tests.factories.photos import make_photo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PIECES = "**/photos/uploads/*/?offset=*"


def phone_photo(seed: int, side: int = 1600) -> bytes:
    """Full of detail, so that it is some pieces long."""
    out = io.BytesIO()
    noise = random.Random(seed).randbytes(side * side * 3)
    Image.frombytes("RGB", (side, side), noise).save(out, "JPEG", quality=90)
    return out.getvalue()


@pytest.fixture(scope="session")
def photos(tmp_path_factory) -> list[Path]:
    room = tmp_path_factory.mktemp("phone")
    paths = [room / f"IMG_{number}.jpg" for number in range(1, 4)]
    for number, path in enumerate(paths):
        path.write_bytes(phone_photo(number))
    return paths


@pytest.fixture
def activity(office) -> Activity:
    return make_activity(title="教职工趣味运动会")


@pytest.fixture
def wall(chromium, live_server, log_in_chair, activity):
    """The photos of the activity on a phone. A broken connection stands in the console and is no
    complaint here; an error of the script is. The database of tests takes one writer at a time."""
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 390, "height": 844}, locale="zh-CN"
    )
    page = log_in_chair(context.new_page())
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", lambda dialog: dialog.accept())  # 还没传完，要离开吗
    open_wall(page, activity)
    yield page
    page.wait_for_load_state("networkidle")  # no request outlives the test
    context.close()
    assert errors == []


def open_wall(page: Page, activity: Activity) -> None:
    page.goto(f"/activities/{activity.pk}/photos/")
    page.locator("[data-photos]").evaluate("form => (form.dataset.atOnce = 1)")


def test_photos_are_chosen_at_once_and_stand_on_the_wall(wall, photos, activity):
    wall.set_input_files("[data-photo-files]", photos)
    expect(wall.locator("[data-told]")).to_have_text("3 张里传好 3 张", timeout=20_000)
    expect(wall.locator("#wall img")).to_have_count(3)
    expect(wall.locator(".page-head .sub")).to_contain_text("3 张")
    assert activity.photos.count() == 3
    sources = wall.locator("#wall img").evaluate_all("all => all.map((img) => img.src)")
    assert all(source.endswith("/small/") for source in sources)


def test_after_the_connection_broke_each_photo_goes_on_by_itself(wall, photos, activity):
    asked: list[str] = []

    def break_at_the_third(route: Route):
        asked.append(route.request.url)
        if 3 <= len(asked) <= 5:
            route.abort("internetdisconnected")
        else:
            route.continue_()

    wall.route(PIECES, break_at_the_third)
    wall.set_input_files("[data-photo-files]", photos[:2])
    expect(wall.locator("[data-told]")).to_contain_text("网断了，连上就接着传", timeout=10_000)
    wall.get_by_role("button", name="现在再试").click()
    expect(wall.locator("[data-told]")).to_have_text("2 张里传好 2 张", timeout=20_000)
    assert activity.photos.count() == 2
    sent = [url for n, url in enumerate(asked, start=1) if not 3 <= n <= 5]
    assert len(sent) == len(set(sent)), "no piece was sent twice"


def test_a_page_that_was_left_goes_on_when_the_same_photo_is_chosen_again(wall, photos, activity):
    asked: list[int] = []

    def stop_after_the_first(route: Route):
        asked.append(int(route.request.url.split("offset=")[1]))
        if len(asked) > 1:
            route.abort("internetdisconnected")
        else:
            route.continue_()

    wall.route(PIECES, stop_after_the_first)
    wall.set_input_files("[data-photo-files]", photos[:1])
    expect(wall.locator("[data-told]")).to_contain_text("网断了", timeout=10_000)
    received = PhotoUpload.objects.get().received
    assert 0 < received < photos[0].stat().st_size

    wall.unroute(PIECES)
    open_wall(wall, activity)
    again: list[int] = []
    wall.on("request", lambda sent: again.append(offset_of(sent.url)))
    wall.set_input_files("[data-photo-files]", photos[:1])
    expect(wall.locator("[data-told]")).to_have_text("1 张里传好 1 张", timeout=20_000)
    assert next(offset for offset in again if offset is not None) == received
    assert activity.photos.count() == 1


def offset_of(url: str) -> int | None:
    return int(url.split("offset=")[1]) if "offset=" in url else None


def test_what_is_no_photo_is_told_beside_its_name(wall, photos, tmp_path):
    paper = tmp_path / "通知.jpg"
    paper.write_bytes(b"%PDF-1.7 a paper that calls itself a photo")
    wall.set_input_files("[data-photo-files]", [paper, photos[0]])
    expect(wall.locator("[data-told]")).to_have_text("2 张里传好 1 张，1 张没有收", timeout=20_000)
    expect(wall.locator(".said.bad")).to_contain_text("“通知.jpg”不是照片")
    assert Photo.objects.count() == 1
    expect(wall.locator("#wall img")).to_have_count(1)


def test_the_next_photo_is_one_key_away_and_what_is_touched_is_large(wall, photos, activity):
    wall.set_input_files("[data-photo-files]", photos)
    expect(wall.locator("#wall img")).to_have_count(3, timeout=20_000)
    columns = wall.locator("#wall .wall").evaluate(
        "wall => getComputedStyle(wall).gridTemplateColumns.split(' ').length"
    )
    assert columns == 2
    wall.locator("#wall a").first.click()
    expect(wall.locator(".page-head .sub")).to_contain_text("第 1 张，共 3 张")
    wall.wait_for_load_state()  # the keys are listened to once the page's scripts have run
    wall.keyboard.press("ArrowRight")
    expect(wall.locator(".page-head .sub")).to_contain_text("第 2 张，共 3 张")
    wall.wait_for_load_state()
    wall.keyboard.press("ArrowLeft")
    expect(wall.locator(".page-head .sub")).to_contain_text("第 1 张，共 3 张")
    low = wall.locator("main :is(.btn, summary)").evaluate_all(
        "all => all.filter((e) => e.offsetHeight && e.offsetHeight < 44).map((e) => e.textContent)"
    )
    assert low == []


@pytest.fixture
def crowded(activity) -> Activity:
    """130 photos, each with a thumbnail of its own and the same large file."""
    first = make_photo(activity)
    rows = [
        Photo(
            activity=activity,
            order=n,
            kind=first.kind,
            image=first.image.name,
            small=first.small.name,
            width=first.width,
            height=first.height,
            size=first.size,
            sha256=f"{n:064}",
            added_by=first.added_by,
        )
        for n in range(1, 130)
    ]
    Photo.objects.bulk_create(rows)
    return activity


def asked_for(page: Page) -> list[str]:
    """What kind of picture is asked for from now on: small or image."""
    asked: list[str] = []

    def note(request):
        kind = request.url.rstrip("/").rsplit("/", 1)[1]
        if kind in ("small", "image"):
            asked.append(kind)

    page.on("request", note)
    return asked


def test_a_wall_of_130_photos_loads_thumbnails_of_what_is_seen(open_page, log_in_chair, crowded):
    page = log_in_chair(open_page(390))
    asked = asked_for(page)
    page.goto(f"/activities/{crowded.pk}/photos/")
    page.wait_for_load_state("networkidle")
    assert set(asked) == {"small"}
    assert len(asked) < 60, "what lies far below is not loaded"
    for tile in page.locator("#wall img").all()[::6]:
        tile.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert (set(asked), len(asked)) == ({"small"}, 60)


def test_an_activity_loads_eight_thumbnails_and_a_photos_page_the_one_photo(
    open_page, log_in_chair, crowded
):
    page = log_in_chair(open_page())
    asked = asked_for(page)
    page.goto(crowded.get_absolute_url())
    page.locator(".photos-block").scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert asked == ["small"] * 8
    asked.clear()
    page.goto(crowded.photos.first().get_absolute_url())
    page.wait_for_load_state("networkidle")
    assert asked == ["image"]
