from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from activities import actions
from activities.models import Plan, PlanImport, PlanItem
from tests.factories.activities import PLAN_TEXT, make_activity, make_item, make_plan
from tests.factories.forms import posted_back
from tests.factories.members import make_user
from unionoffice.periods import Period
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")
MANAGERS = {Role.CHAIR, Role.VICE_CHAIR, Role.ORGANISATION, Role.CULTURE}


def url(name: str, *args) -> str:
    return reverse(f"activities:{name}", args=args)


def errors(response) -> list[str]:
    return [sentence for group in response.context["form"].errors.values() for sentence in group]


@pytest.mark.parametrize("role", Role)
def test_plan_pages_are_open_to_all_and_writing_to_managers(log_in, role):
    item = make_item()
    client = log_in(role)
    for name, pk in (("plan_detail", item.plan_id), ("plan_item_detail", item.pk)):
        assert client.get(url(name, pk)).status_code == 200
    expected = 200 if role in MANAGERS else 403
    for address in (
        url("plan_create"),
        url("plan_import"),
        url("plan_update", item.plan_id),
        url("plan_item_create", item.plan_id),
        url("plan_item_update", item.pk),
    ):
        assert client.get(address).status_code == expected
    moved = client.post(url("plan_item_move", item.pk, "cancel"), {"reason": "不办了"})
    assert moved.status_code == (302 if role in MANAGERS else 403)


@pytest.mark.parametrize("plans", [1, 3])
def test_plan_list_query_count_is_flat(log_in, plans, django_assert_num_queries):
    client = log_in(Role.CHAIR)
    for year in range(2026, 2026 - plans, -1):
        make_activity(
            f"{year}-03-06", plan_item=make_item(make_plan(Period.year(year)), f"{year}-03")
        )
    with django_assert_num_queries(5):
        client.get(url("plan_list"))


@pytest.mark.parametrize("rows", [1, 3])
def test_plan_detail_query_count_is_flat(log_in, rows, django_assert_num_queries):
    client, plan = log_in(Role.CHAIR), make_plan()
    for _ in range(rows):
        make_activity(plan_item=make_item(plan))
        make_activity()
    with django_assert_num_queries(11):
        client.get(url("plan_detail", plan.pk))


@pytest.mark.parametrize("rows", [1, 3])
def test_plan_item_list_query_count_is_flat(log_in, rows, django_assert_num_queries):
    client = log_in(Role.CHAIR)
    for _ in range(rows):
        make_activity(plan_item=make_item())
    with django_assert_num_queries(9):
        client.get(url("plan_item_list") + "?period=2026")


def test_plan_list_marks_the_plan_that_runs_today(log_in):
    this_year = make_plan(Period.current())
    make_plan(Period.current().previous())
    assert log_in(Role.MEMBER).get(url("plan_list")).context["current"] == [this_year]


def test_empty_plan_list_shows_managers_how_to_begin(log_in):
    assert url("plan_import") in log_in(Role.CHAIR).get(url("plan_list")).content.decode()
    page = log_in(Role.MEMBER).get(url("plan_list")).content.decode()
    assert "还没有年度计划" in page
    assert url("plan_import") not in page


def test_plan_detail_shows_each_item_with_its_mark(log_in):
    item = make_item(text="拔河比赛")
    make_activity(plan_item=item)
    make_activity("2026-07-22", title="防汛慰问")
    months = log_in(Role.MEMBER).get(url("plan_detail", item.plan_id)).context["board"].months
    assert [(m.number, line.mark, line.text) for m in months for line in m.lines] == [
        (3, "done", "拔河比赛"),
        (7, "extra", "防汛慰问"),
    ]


def test_plan_detail_filters_by_mark_and_field(log_in):
    plan = make_plan()
    make_item(plan, text="拔河")
    make_item(plan, text="妇女节", field="women")
    make_activity(plan_item=make_item(plan, text="联欢", field="women"))
    page = log_in(Role.MEMBER).get(url("plan_detail", plan.pk) + "?mark=done&field=women")
    shown = [line.text for month in page.context["board"].months for line in month.lines]
    assert (shown, page.context["board"].planned) == (["联欢"], 2)


def test_plan_detail_says_what_the_board_is_not_asked_by(log_in):
    plan = make_plan()
    make_item(plan, text="拔河")
    response = log_in(Role.MEMBER).get(url("plan_detail", plan.pk) + "?month=2026-03")
    assert response.status_code == 422
    assert "这一页没有“month”这个条件，用上面的筛选来选。" in response.content.decode()
    assert "拔河" in response.content.decode()


def test_plan_create_names_the_plan_after_its_period(log_in):
    period = Period.current()
    response = log_in(Role.CHAIR).post(url("plan_create"), {"period": period.code, "title": ""})
    plan = Plan.objects.get()
    assert response.url == url("plan_detail", plan.pk)
    assert (plan.title, plan.period) == (f"{period.label}工会工作计划", period)


@pytest.mark.parametrize(
    ("period", "sentence"),
    [
        ("", "选一下是哪一年、哪一学期的计划。"),
        ("1999", "1999年不在可选的期间里，从列表里选一个。"),
        (
            "明年",
            "看不懂期间“明年”，写成 2026（年度）、2026H1（半年）、2026-2027（学年）、"
            "2026-2027-1（学期）或 2026-01-01..2026-08-31。",
        ),
    ],
)
def test_plan_create_asks_for_a_period(log_in, period, sentence):
    response = log_in(Role.CHAIR).post(url("plan_create"), {"period": period})
    assert (response.status_code, errors(response)) == (422, [sentence])


def test_plan_create_refuses_a_second_plan_of_the_period(log_in):
    period = Period.current()
    there = make_plan(period, title="原来的")
    response = log_in(Role.CHAIR).post(url("plan_create"), {"period": period.code, "title": "新的"})
    assert f'href="{there.get_absolute_url()}">打开《原来的》' in response.text
    assert (response.status_code, errors(response)) == (
        422,
        [f"{period.label}已有计划《原来的》，打开它接着改；要整个换掉，先撤回原来那份。"],
    )


def test_plan_update_changes_the_title(log_in):
    plan = make_plan()
    client = log_in(Role.CHAIR)
    client.post(url("plan_update", plan.pk), {"title": "新标题"})
    assert Plan.objects.get().title == "新标题"
    assert client.post(url("plan_update", plan.pk), {"title": ""}).status_code == 422


def test_plan_withdraw_refuses_once_something_was_recorded(log_in):
    item = make_item(make_plan(title="甲计划", state="draft"))
    make_activity(plan_item=item)
    client = log_in(Role.CHAIR)
    page = client.post(
        url("plan_withdraw", item.plan_id), {"sure": "yes"}, follow=True
    ).content.decode()
    assert "《甲计划》已有活动记录，不能整份撤回；哪一项不办了，就取消哪一项。" in page
    assert Plan.objects.count() == 1


def test_plan_import_previews_before_anything_is_made(log_in):
    client = log_in(Role.CHAIR)
    response = client.post(url("plan_import"), {"text": PLAN_TEXT}, follow=True)
    assert Plan.objects.count() == 0
    months = [row.months for row in response.context["rows"] if row.items]
    assert months == ["1月", "3月", "7、8月"]
    assert response.context["form"].initial["period"] == Period.year(2026)


def test_a_text_that_was_read_and_left_is_found_again_until_it_is_a_plan(log_in):
    client = log_in(Role.CHAIR)
    left = client.post(url("plan_import"), {"text": "一月份：迎新联欢。\n二月份：走访慰问。"}).url
    assert f'href="{left}"' in client.get(url("plan_import")).text
    made = client.post(left, {"period": "2026", "title": "甲计划"}, follow=True)
    assert f'href="{left}"' not in client.get(url("plan_import")).text
    client.post(next(m.extra_tags for m in made.context["messages"]).removeprefix("undo:"))
    assert f'href="{left}"' in client.get(url("plan_import")).text


def test_plan_import_detail_makes_the_plan_with_an_undo(log_in):
    client = log_in(Role.CHAIR)
    kept = actions.keep_text(text=PLAN_TEXT, file_name="计划.txt", by=client.user)
    data = {"period": "2026", "title": "我们的计划"}
    page = client.post(url("plan_import_detail", kept.pk), data, follow=True)
    plan = Plan.objects.get()
    assert (plan.title, plan.items.count()) == ("我们的计划", 3)
    assert f'action="{url("plan_withdraw", plan.pk)}"' in page.content.decode()
    assert client.get(url("plan_import_detail", kept.pk)).url == url("plan_detail", plan.pk)


def test_plan_import_detail_makes_nothing_when_the_period_is_taken(log_in):
    client = log_in(Role.CHAIR)
    make_plan(title="原来的")
    kept = actions.keep_text(text=PLAN_TEXT, file_name="", by=client.user)
    response = client.post(url("plan_import_detail", kept.pk), {"period": "2026"})
    assert (response.status_code, errors(response)) == (
        422,
        ["2026年已有计划《原来的》，打开它接着改；要整个换掉，先撤回原来那份。"],
    )
    assert (Plan.objects.count(), PlanItem.objects.count()) == (1, 0)


def test_plan_import_detail_asks_for_the_year_that_the_text_leaves_out(log_in):
    client = log_in(Role.CHAIR)
    text = "工会工作计划\n三月份：拔河比赛。\n四月份：健步走。\n"
    kept = actions.keep_text(text=text, file_name="", by=client.user)
    page = client.get(url("plan_import_detail", kept.pk))
    assert "文字里没写是哪一年，选一下。" in page.content.decode()
    response = client.post(url("plan_import_detail", kept.pk), {"title": "计划"})
    assert errors(response) == ["选一下是哪一年、哪一学期的计划。"]


def test_plan_import_detail_says_when_there_are_no_months(log_in):
    client = log_in(Role.CHAIR)
    text = "2026年工会工作计划\n一、指导思想\n围绕学校中心工作，做好服务。\n"
    kept = actions.keep_text(text=text, file_name="", by=client.user)
    page = client.get(url("plan_import_detail", kept.pk)).content.decode()
    assert "这份文字里没有读到按月安排的事项。" in page
    assert "只留 1 个章节" in page
    client.post(url("plan_import_detail", kept.pk), {"period": "2026"})
    plan = Plan.objects.get()
    assert [s.title for s in plan.sections.all()] == ["指导思想"]
    assert plan.items.count() == 0


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"text": " \n"}, "粘贴计划的文字，或者选一个文件。"),
        (
            {"text": "计划", "file": SimpleUploadedFile("计划.txt", "计划".encode())},
            "粘贴了文字，又选了文件，留一样就行。",
        ),
        ({"file": SimpleUploadedFile("计划.txt", b"")}, "这是空文件，重新选一个。"),
        (
            {"file": SimpleUploadedFile("计划.pdf", b"%PDF-1.7")},
            "“计划.pdf”是 PDF，读不准里面的行。用 Word 打开它，另存为 .docx 再传；"
            "或者选中文字，复制后粘贴进来。",
        ),
    ],
)
def test_plan_import_refuses_in_a_sentence(log_in, data, sentence):
    response = log_in(Role.CHAIR).post(url("plan_import"), data)
    assert (response.status_code, errors(response)) == (422, [sentence])
    assert not PlanImport.objects.exists()


def test_plan_import_reads_an_uploaded_file(log_in):
    file = SimpleUploadedFile("计划.txt", PLAN_TEXT.encode("gb18030"))
    response = log_in(Role.CHAIR).post(url("plan_import"), {"file": file})
    kept = PlanImport.objects.get()
    assert response.url == url("plan_import_detail", kept.pk)
    assert (kept.file_name, kept.text) == ("计划.txt", PLAN_TEXT)


def test_plan_source_shows_sections_and_what_found_no_place(log_in):
    plan = make_plan(unread=["附：另行通知"], source_text="全文在此")
    page = log_in(Role.MEMBER).get(url("plan_source", plan.pk)).content.decode()
    assert "附：另行通知" in page
    assert "全文在此" in page


def test_plan_item_list_narrows_to_a_mark_and_keeps_the_rate(log_in):
    make_activity(plan_item=make_item(text="办了的"))
    make_item(text="没办的", month="2026-04")
    page = log_in(Role.MEMBER).get(url("plan_item_list") + "?period=2026&mark=done")
    assert [row.text for row in page.context["page"]] == ["办了的"]
    assert (page.context["planned"], page.context["done"]) == (2, 1)


@pytest.mark.parametrize("query", ["period=明年", "period=2026&mark=gone", "field=sport"])
def test_plan_item_list_answers_nonsense(log_in, query):
    response = log_in(Role.MEMBER).get(f"{url('plan_item_list')}?{query}")
    assert response.status_code == 422
    assert len(response.context["page"]) == 0


def test_plan_item_create_takes_one_month_or_several(log_in):
    plan = make_plan()
    client = log_in(Role.CHAIR)
    data = {"text": "疗休养", "first_month": "2026-07", "field": "culture"}
    client.post(url("plan_item_create", plan.pk), data)
    client.post(url("plan_item_create", plan.pk), data | {"last_month": "2026年8月"})
    assert [item.months_text for item in plan.items.all()] == ["2026年7月", "2026年7月至8月"]


@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        ({"text": ""}, ["写上要办什么。"]),
        ({"first_month": ""}, ["写上哪个月办。"]),
        ({"first_month": "2026-13"}, ["没有“2026-13”这个月，写成 2026-03 这样。"]),
        ({"last_month": "2026-02"}, ["结束的月份早于开始的月份，对调一下。"]),
        (
            {"first_month": "2027-01"},
            ["“疗休养”排在2027年1月，不在2026年里，改成期间内的月份。"],
        ),
    ],
)
def test_plan_item_create_refuses_in_a_sentence(log_in, change, sentences):
    data = {"text": "疗休养", "first_month": "2026-07", "field": "culture"} | change
    response = log_in(Role.CHAIR).post(url("plan_item_create", make_plan().pk), data)
    assert (response.status_code, errors(response)) == (422, sentences)


def test_plan_item_update_shows_the_months_as_the_browser_wants_them(log_in):
    item = make_item(month="2026-07", until="2026-08")
    page = log_in(Role.CHAIR).get(url("plan_item_update", item.pk)).content.decode()
    assert 'value="2026-07"' in page
    assert 'value="2026-08"' in page


def test_plan_item_update_keeps_what_another_form_changed_meanwhile(log_in):
    item = make_item(month="2026-07", until="2026-08", text="疗休养")
    client = log_in(Role.CHAIR)
    changed = {"text": "教职工疗休养", "last_month": "", "why": "只有一个月的床位"}
    one = posted_back(client.get(url("plan_item_update", item.pk)))
    other = posted_back(client.get(url("plan_item_update", item.pk)))
    client.post(url("plan_item_update", item.pk), one | changed)
    client.post(url("plan_item_update", item.pk), other | {"field": "warmth"})
    item.refresh_from_db()
    assert (item.text, item.months_text, item.field) == ("教职工疗休养", "2026年7月", "warmth")


def test_plan_update_keeps_the_title_that_another_form_changed_meanwhile(log_in):
    plan = make_plan(title="工会计划")
    client = log_in(Role.CHAIR)
    untouched = posted_back(client.get(url("plan_update", plan.pk)))
    client.post(url("plan_update", plan.pk), {"title": "工会工作计划"})
    client.post(url("plan_update", plan.pk), untouched)
    plan.refresh_from_db()
    assert plan.title == "工会工作计划"


def test_forms_of_plans_sent_empty_come_back_with_errors(log_in):
    item, client = make_item(), log_in(Role.CHAIR)
    kept = actions.keep_text(text=PLAN_TEXT, file_name="", by=client.user)
    for address in (
        url("plan_create"),
        url("plan_update", item.plan_id),
        url("plan_import"),
        url("plan_import_detail", kept.pk),
        url("plan_item_create", item.plan_id),
        url("plan_item_update", item.pk),
    ):
        response = client.post(address)
        assert response.status_code == 422, address
        assert errors(response), address


def boxes(response) -> list[str]:
    return [box.name for box in response.context["boxes"]]


@pytest.mark.parametrize(
    ("values", "offered"),
    [
        ({}, ["postpone", "cancel"]),
        (
            {"state": "postponed", "reason": "维修", "moved_from": date(2026, 1, 1)},
            ["postpone", "cancel", "resume"],
        ),
        ({"state": "cancelled", "reason": "不办了"}, ["resume"]),
    ],
)
def test_plan_item_detail_offers_exactly_the_moves_that_are_accepted(log_in, values, offered):
    item = make_item(**values)
    client = log_in(Role.CHAIR)
    assert boxes(client.get(url("plan_item_detail", item.pk))) == offered
    assert boxes(log_in(Role.MEMBER).get(url("plan_item_detail", item.pk))) == []
    data = {"reason": "有变", "to_month": "2026-10"}
    for move in ("postpone", "cancel", "resume"):
        copy = make_item(item.plan, **values)
        response = client.post(url("plan_item_move", copy.pk, move), data)
        assert response.status_code == (302 if move in offered else 422)


def test_plan_item_detail_offers_no_move_once_recorded(log_in):
    item = make_item()
    make_activity(plan_item=item)
    assert boxes(log_in(Role.CHAIR).get(url("plan_item_detail", item.pk))) == []


@pytest.mark.parametrize(
    ("move", "data", "sentences"),
    [
        ("postpone", {"reason": "维修"}, ["写上改到哪个月。"]),
        ("postpone", {"to_month": "2026-10"}, ["写上为什么改期，总结里会用到。"]),
        ("cancel", {}, ["写上为什么取消，总结里会用到。"]),
        (
            "postpone",
            {"to_month": "2026-02", "reason": "维修"},
            [
                "这一项现在排在2026年3月，改期要改到它后面的月份；提前办了，直接记活动就行。",
            ],
        ),
    ],
)
def test_plan_item_move_comes_back_with_what_was_typed(log_in, move, data, sentences):
    item = make_item()
    response = log_in(Role.CHAIR).post(url("plan_item_move", item.pk, move), data)
    box = next(box for box in response.context["boxes"] if box.name == move)
    found = [sentence for group in box.form.errors.values() for sentence in group]
    assert (response.status_code, found) == (422, sentences)
    assert box.form.data.dict() == data
    assert PlanItem.objects.get().state == "planned"


def test_plan_item_move_without_such_a_step_is_not_found(log_in):
    response = log_in(Role.CHAIR).post(url("plan_item_move", make_item().pk, "vanish"))
    assert response.status_code == 404


def test_plan_import_of_another_manager_is_open_to_managers_only(log_in):
    kept = actions.keep_text(text=PLAN_TEXT, file_name="", by=make_user(Role.CHAIR))
    assert log_in(Role.CULTURE).get(url("plan_import_detail", kept.pk)).status_code == 200
    assert log_in(Role.WELFARE).get(url("plan_import_detail", kept.pk)).status_code == 403
