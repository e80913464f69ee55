"""What plan pages say to nonsense and to forms that are not filled in; plans that are over or new."""

import pytest
from django.urls import reverse

from tests.factories.activities import make_activity, make_item, make_plan
from unionoffice.periods import Period
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")


def url(name: str, *args) -> str:
    return reverse(f"activities:{name}", args=args)


def sentences(response) -> dict[str, list[str]]:
    return {name: list(group) for name, group in response.context["form"].errors.items()}


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("period=zzz", "看不懂期间“zzz”，写成 2026（年度）"),
        ("field=zzz", "没有“zzz”这个板块，从列表里选一个。"),
        ("mark=zzz", "没有“zzz”这个状态，从列表里选一个。"),
    ],
)
def test_plan_item_list_answers_nonsense_with_a_way_back(log_in, query, sentence):
    make_item()
    response = log_in(Role.MEMBER).get(f"{url('plan_item_list')}?{query}")
    page = response.content.decode()
    assert response.status_code == 422
    assert "<h1>计划事项</h1>" in page
    assert sentence in page
    assert "清除筛选</a>" in page
    assert "看不懂这个筛选" in page


def test_plan_item_list_takes_a_page_that_is_no_number_for_the_first(log_in):
    make_item(text="拔河")
    response = log_in(Role.MEMBER).get(f"{url('plan_item_list')}?period=2026&page=zzz")
    assert (response.status_code, [row.text for row in response.context["page"]]) == (200, ["拔河"])


def test_plan_item_list_offers_to_clear_what_was_chosen(log_in):
    client = log_in(Role.MEMBER)
    for query, offered in (("", False), ("?period=2025", False), ("?mark=late", True)):
        page = client.get(url("plan_item_list") + query).content.decode()
        assert ("清除筛选</a>" in page) == offered


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("field=zzz", "没有“zzz”这个板块，从列表里选一个。"),
        ("mark=zzz", "没有“zzz”这个状态，从列表里选一个。"),
        ("mark=zzz&field=culture", "没有“zzz”这个状态，从列表里选一个。"),
    ],
)
def test_board_answers_nonsense_above_the_months(log_in, query, sentence):
    plan = make_item(text="拔河").plan
    response = log_in(Role.MEMBER).get(f"{plan.get_absolute_url()}?{query}")
    page = response.content.decode()
    assert response.status_code == 422
    assert f"<h1>{plan.title}</h1>" in page
    assert sentence in page
    assert f'<a href="{plan.get_absolute_url()}">看整份月历</a>' in page
    assert [line.text for month in response.context["board"].months for line in month.lines] == [
        "拔河"
    ]


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("plan_create", {}, {"period": ["选一下是哪一年、哪一学期的计划。"]}),
        (
            "plan_create",
            {"period": "2026", "title": "计" * 121},
            {"title": ["最多 120 字，现在有 121 字，删短一点。"]},
        ),
        ("plan_update", {}, {"title": ["标题是空的，填上。"]}),
        (
            "plan_update",
            {"title": "计" * 121},
            {"title": ["最多 120 字，现在有 121 字，删短一点。"]},
        ),
        (
            "plan_item_create",
            {},
            {
                "text": ["写上要办什么。"],
                "first_month": ["写上哪个月办。"],
            },
        ),
        (
            "plan_item_create",
            {"text": "拔\0河", "first_month": "2026-03", "field": "zzz"},
            {
                "text": ["里面有看不见的空字符，重新写一遍。"],
                "field": ["没有这一项，从列表里选一个。"],
            },
        ),
        ("plan_import", {}, {"__all__": ["粘贴计划的文字，或者选一个文件。"]}),
        (
            "plan_import",
            {"text": "计\0划"},
            {"text": ["里面有看不见的空字符，重新写一遍。"]},
        ),
    ],
)
def test_forms_of_plans_say_it_in_words_of_our_own(log_in, name, data, found):
    args = [] if name in ("plan_create", "plan_import") else [make_plan().pk]
    response = log_in(Role.CHAIR).post(url(name, *args), data)
    assert (response.status_code, sentences(response)) == (422, found)


@pytest.mark.parametrize("move", ["postpone", "cancel"])
def test_a_reason_too_long_is_said_in_words_of_our_own(log_in, move):
    item = make_item()
    data = {"reason": "雨" * 201, "to_month": "2026-12"}
    response = log_in(Role.CHAIR).post(url("plan_item_move", item.pk, move), data)
    (box,) = [box for box in response.context["boxes"] if box.name == move]
    assert (response.status_code, box.form.errors) == (
        422,
        {"reason": ["最多 200 字，现在有 201 字，删短一点。"]},
    )
    assert "雨" * 201 in response.content.decode()


def test_pages_of_a_plan_that_is_over_raise_no_alarm(log_in):
    plan = make_plan(Period.year(2024))
    item = make_item(plan, "2024-03", text="登山")
    make_item(plan, "2024-04", text="体检")
    make_activity("2024-05-06", plan_item=make_item(plan, "2024-05", text="联欢"))
    client = log_in(Role.CHAIR)
    board = client.get(plan.get_absolute_url()).content.decode()
    assert "2024年已经过完，还有 2 项未记录。" in board
    for address in (
        plan.get_absolute_url(),
        url("plan_item_list") + "?period=2024",
        item.get_absolute_url(),
    ):
        main = client.get(address).content.decode().partition("<main")[2].partition("</main>")[0]
        assert "未记录" in main
        assert "#g-late" not in main


def test_board_of_a_running_plan_still_says_what_is_late(log_in):
    plan = make_item(text="登山").plan
    page = log_in(Role.CHAIR).get(plan.get_absolute_url()).content.decode()
    assert "#g-late" in page
    assert "已经过完" not in page


def test_plan_list_shows_the_newest_plan_first(log_in):
    years = [make_plan(Period.year(year)) for year in (2025, 2026, 2024)]
    make_item(years[0], "2025-03")
    plans = log_in(Role.MEMBER).get(url("plan_list")).context["plans"]
    assert [plan.start.year for plan in plans] == [2026, 2025, 2024]
