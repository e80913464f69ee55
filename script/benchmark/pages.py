"""The main pages against a bare list: 50 rows of 6 columns, no layout, same middleware."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import include, path, reverse
from django.utils import timezone
from offices import Sizes, chair_account, open_office
from timing import Pair, compare, markdown

from activities.models import Plan
from congress.models import Motion
from members.models import Member

ROWS = 50
COLUMNS = ("staff_no", "name", "gender", "birth", "phone", "title")
TEMPLATE = (
    "<!DOCTYPE html><title>-</title><table>{% for row in rows %}"
    "<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>"
)


@dataclass(frozen=True)
class Page:
    label: str
    pair: Pair
    queries: int
    size: int  # bytes


BARE = engines["django"].from_string(TEMPLATE)


def bare_list(request):
    rows = Member.objects.order_by("staff_no").values_list(*COLUMNS)[:ROWS]
    return HttpResponse(BARE.render({"rows": rows}))


urlpatterns = [path("", include("unionoffice.urls")), path("bare/", bare_list)]


def addresses() -> dict[str, str]:
    """The pages that are opened most, with the records that the sample school has."""
    year = timezone.localdate().year
    plan = Plan.objects.filter(start__year__lte=year).order_by("start").last()
    motion = Motion.objects.exclude(number=None).order_by("pk").last()
    return {
        "工作台": reverse("unionoffice:home"),
        "会员名册": reverse("members:member_list"),
        "慰问列表": reverse("welfare:visit_list"),
        "计划看板": reverse("activities:plan_detail", args=[plan.pk]),
        "提案": reverse("congress:motion_detail", args=[motion.pk]),
    }


def serve() -> None:
    """From here on the bare list has an address, and static files have their names."""
    settings.ROOT_URLCONF = "pages"
    call_command("collectstatic", interactive=False, verbosity=0)


def table(room: Path, sizes: Sizes, requests: int) -> str:
    open_office(room, sizes.small)
    small = measured(requests)
    open_office(room, sizes.large)
    large = measured(requests)
    columns = (
        "页面",
        f"CPU 毫秒（{sizes.small} 人）",
        "空白列表的几倍",
        f"CPU 毫秒（{sizes.large} 人）",
        "空白列表的几倍",
        f"{sizes.large} 人 / {sizes.small} 人",
        f"查询（{sizes.small} / {sizes.large} 人）",
        "字节",
    )
    return markdown("页面", columns, map(row_of, small, large))


def row_of(small: Page, large: Page) -> tuple:
    return (
        small.label,
        f"{small.pair.ours:.1f}",
        f"{small.pair.ratio:.2f}",
        f"{large.pair.ours:.1f}",
        f"{large.pair.ratio:.2f}",
        f"{large.pair.ours / small.pair.ours:.2f}",
        f"{small.queries} / {large.queries}",
        large.size,
    )


def measured(requests: int) -> list[Page]:
    client = chair_client()
    return [page(client, label, url, requests) for label, url in addresses().items()]


def chair_client() -> Client:
    client = Client(SERVER_NAME="localhost")
    client.user = chair_account()
    client.force_login(client.user, backend="members.backends.RoleBackend")
    return client


def page(client: Client, label: str, url: str, requests: int) -> Page:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    count = len(queries)
    if response.status_code != 200:
        raise SystemExit(f"{label}（{url}）没有打开：{response.status_code}。")
    pair = compare(lambda: client.get(url), lambda: client.get("/bare/"), requests)
    return Page(label, pair, count, len(response.content))
