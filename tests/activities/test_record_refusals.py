"""Records that are taken back or voided, and what the forms say in words of our own."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from activities.models import Activity
from tests.factories.activities import make_activity, make_item
from unionoffice.queries import log_of
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")
QUICK = {"title": "教职工拔河赛", "when": "today", "headcount": "86", "field": "culture"}


def url(name: str, *args) -> str:
    return reverse(f"activities:{name}", args=args)


def errors(response) -> dict[str, list[str]]:
    return {name: list(group) for name, group in response.context["form"].errors.items()}


def test_voided_activity_is_not_opened_for_changes(log_in):
    activity = make_activity(title="拔河")
    client = log_in(Role.CHAIR)
    client.post(url("activity_void", activity.pk), {"reason": "记重了"})
    opened = client.get(url("activity_update", activity.pk), follow=True)
    assert opened.redirect_chain == [(activity.get_absolute_url(), 302)]
    for response, status in (
        (opened, 200),
        (client.post(url("activity_update", activity.pk), QUICK), 409),
        (client.post(url("activity_void", activity.pk), {"reason": "再来"}), 409),
    ):
        assert response.status_code == status
        assert "“拔河”已经作废了，不能再改；要补就重新记一条。" in response.text
    activity.refresh_from_db()
    assert (activity.title, activity.void_reason) == ("拔河", "记重了")


@pytest.mark.parametrize("again", [{}, {"again": "1"}])
def test_activity_create_offers_to_take_it_back(log_in, again):
    client = log_in(Role.GROUP_LEADER)
    page = client.post(url("activity_create"), QUICK | again, follow=True).content.decode()
    address = url("activity_undo", Activity.objects.get().pk)
    assert f'<form method="post" action="{address}">' in page
    response = client.post(address, follow=True)
    assert response.redirect_chain == [(url("activity_list"), 302)]
    assert response.context["totals"].held == 0
    assert [entry.act for entry in log_of(Activity.objects.get())] == [
        "activities.undo_activity",
        "activities.record_activity",
    ]
    assert "撤销了：2026年11月18日，教职工拔河赛，不计入任何数字。" in response.content.decode()


def test_activity_undo_refuses_in_a_sentence_what_someone_changed(log_in):
    client = log_in(Role.GROUP_LEADER)
    client.post(url("activity_create"), QUICK)
    activity = Activity.objects.get()
    data = QUICK | {"headcount": "90"}
    log_in(Role.CHAIR).post(url("activity_update", activity.pk), data)
    response = client.post(url("activity_undo", activity.pk), follow=True)
    assert "记下以后改过，不能撤销了。" in response.content.decode()
    activity.refresh_from_db()
    assert activity.voided_at is None


def test_activity_undo_of_someone_elses_record_is_refused(log_in):
    activity = make_activity()
    response = log_in(Role.CHAIR).post(url("activity_undo", activity.pk), follow=True)
    assert "只有记的人自己能撤销。" in response.content.decode()
    assert Activity.objects.standing().count() == 1


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"title": "拔" * 121}, {"title": ["最多 120 字，现在有 121 字，删短一点。"]}),
        ({"place": "操" * 61}, {"place": ["最多 60 字，现在有 61 字，删短一点。"]}),
        ({"title": "拔\0河"}, {"title": ["里面有看不见的空字符，重新写一遍。"]}),
        ({"when": ""}, {"when": ["选一下是哪天办的。"]}),
        ({"when": "zzz"}, {"when": ["没有这一项，从列表里选一个。"]}),
        ({"field": "zzz"}, {"field": ["没有这一项，从列表里选一个。"]}),
        (
            {"plan_item": "999"},
            {"plan_item": ["这一项已经不能选了，从列表里重新选，或者选“计划外”。"]},
        ),
        ({"headcount": "-1"}, {"headcount": ["参加人数至少是 1；不知道就留空。"]}),
        ({"spent": "1.234"}, {"spent": ["花费最多写到分，例如 1200.50。"]}),
        ({"spent": "1" * 12}, {"spent": ["花费太大了，看看是不是多按了几个零。"]}),
        ({"time": "25:99"}, {"time": ["没有这个时间，写成 16:30 这样。"]}),
    ],
)
def test_activity_form_says_it_in_words_of_our_own_and_keeps_what_was_typed(log_in, change, found):
    data = QUICK | {"outcome": "一等奖语文组"} | change
    response = log_in(Role.CHAIR).post(url("activity_create"), data)
    assert (response.status_code, errors(response)) == (422, found)
    assert "一等奖语文组" in response.content.decode()


def test_forms_leave_the_sentences_to_us(log_in):
    activity, item = make_activity(), make_item()
    client = log_in(Role.CHAIR)
    for address in (
        url("activity_create"),
        url("activity_update", activity.pk),
        url("activity_detail", activity.pk),
        url("plan_create"),
        url("plan_import"),
        url("plan_update", item.plan_id),
        url("plan_item_create", item.plan_id),
        url("plan_item_update", item.pk),
        url("plan_item_detail", item.pk),
    ):
        main = client.get(address).content.decode().partition("<main")[2].partition("</main>")[0]
        posts = [tag.partition(">")[0] for tag in main.split("<form")[1:]]
        assert [tag for tag in posts if 'method="post"' in tag and "novalidate" not in tag] == []
        assert any("novalidate" in tag for tag in posts)


def test_activity_void_needs_a_reason(log_in):
    activity = make_activity()
    response = log_in(Role.CHAIR).post(url("activity_void", activity.pk), {"reason": ""})
    form = response.context["void_form"]
    assert (response.status_code, form.errors["reason"]) == (
        422,
        ["作废要写原因，例如：和 3月8日那条重复。"],
    )


def test_files_that_were_sent_with_a_refused_form_are_named_to_be_chosen_again(log_in):
    client = log_in(Role.CHAIR)
    again = "刚才选的 2 个文件都没有存下，改好以后全部再选一次：合影.jpg、通知.pdf"

    def sent(**change) -> str:
        files = [
            SimpleUploadedFile("合影.jpg", b"MZ"),
            SimpleUploadedFile("通知.pdf", b"%PDF-1.7"),
        ]
        return client.post(url("activity_create"), QUICK | {"files": files} | change).text

    assert again in sent()  # one of them is no photo: which one stands beside it
    assert again in sent(title="")
    assert "全部再选一次" not in client.post(url("activity_create"), QUICK | {"title": ""}).text
