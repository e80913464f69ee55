"""The pages of the visits."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests.factories.forms import posted_back
from tests.factories.members import make_department, make_group, make_member, make_user
from tests.factories.welfare import make_visit
from unionoffice.attachments import attachments_of
from unionoffice.models import AuditEntry
from unionoffice.roles import Role
from welfare.models import Visit

pytestmark = pytest.mark.django_db
LIST = reverse("welfare:visit_list") + "?period=2026"
NEW = reverse("welfare:visit_create")
FRAME, AUDIT = 4, 5  # queries: session, user, roles, office; and of one entry in the chain


@pytest.fixture
def chair(log_in):
    return log_in(Role.CHAIR)


def people_on(response) -> list[str]:
    return [visit.person for visit in response.context["page"]]


def text_of(response) -> str:
    return response.content.decode()


def messages_of(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize("visits", [1, 3])
def test_visit_list_query_count_is_flat(chair, django_assert_num_queries, visits):
    for _ in range(visits):
        make_visit(visitors=[make_member(), make_member()])
    with django_assert_num_queries(FRAME + 3 + AUDIT):  # totals, rows, visitors
        chair.get(LIST)


def test_visit_list_shows_this_years_visits_and_their_sums(chair):
    make_visit(make_member("王桂芬"), goods="水果", goods_value=Decimal(120))
    make_visit(make_member("许知行"), money=Decimal(27700), day=date(2026, 3, 13))
    response = chair.get(LIST)
    assert people_on(response) == ["许知行", "王桂芬"]
    assert "2026年慰问 2 人次，慰问金 28,300 元，慰问品折价 120 元" in text_of(response)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["王桂芬", "许知行", "临聘张师傅"]),
        ("&kind=festival", ["许知行"]),
        ("&gift=money", ["王桂芬", "临聘张师傅"]),
        ("&gift=goods", ["许知行"]),
        ("&q=wgf", ["王桂芬"]),
        ("&q=张师", ["临聘张师傅"]),
        ("&state=voided", ["陈丽萍"]),
    ],
)
def test_visit_list_narrows(chair, query, names):
    make_visit(make_member("陈丽萍"), voided="记重了")
    make_visit(person_name="临聘张师傅")
    make_visit(make_member("许知行"), kind="festival", money=Decimal(0), goods="挂历")
    make_visit(make_member("王桂芬"))
    assert people_on(chair.get(LIST + query)) == names


def test_visit_list_of_the_voided_counts_nothing(chair):
    make_visit(voided="记重了")
    make_visit()
    page = text_of(chair.get(LIST + "&state=voided"))
    assert "2026年作废了 1 笔，不计入任何数字" in page
    assert "2026年慰问" not in page


def test_visit_list_never_shows_the_circumstances(chair):
    make_visit(reason="急性阑尾炎")
    assert "急性阑尾炎" not in text_of(chair.get(LIST))


def test_visit_list_names_the_department_of_the_day_of_the_visit(chair):
    make_visit(make_member(department=make_department("语文组"), group=make_group("甲组")))
    row = chair.get(LIST).context["page"][0]
    assert (row.department, row.group) == ("语文组", "甲组")


def test_visit_list_hides_other_groups_from_a_group_leader(log_in):
    group = make_group()
    make_visit(make_member("本组", group=group))
    make_visit(make_member("别组", group=make_group()))
    client = log_in(user=make_user(Role.GROUP_LEADER, group=group))
    assert people_on(client.get(LIST)) == ["本组"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?period=3000年", "看不懂期间“3000年”"),
        ("?kind=party", "没有这样的事由，重新选一个。"),
    ],
)
def test_visit_list_answers_a_filter_that_makes_no_sense(chair, query, sentence):
    make_visit()
    response = chair.get(reverse("welfare:visit_list") + query)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert people_on(response) == []


def test_visit_list_of_an_empty_year_says_how_to_begin(chair):
    page = text_of(chair.get(LIST))
    assert "这一期还没有慰问记录" in page
    assert "记第一笔" in page


def test_visit_list_offers_no_recording_to_who_only_reads(log_in):
    page = text_of(log_in(Role.AUDITOR).get(LIST))
    assert "这一期还没有慰问记录" in page
    assert "记第一笔" not in page


def typed(client, **data) -> dict:
    return {
        "q": "王桂芬",
        "kind": "illness",
        "when": "today",
        "money": "600",
        "visitors": [client.user.member_id],
    } | data


def test_visit_create_defaults_to_me_and_today(chair):
    form = chair.get(NEW).context["form"]
    assert (form["visitors"].value(), form["when"].value()) == ([chair.user.member_id], "today")


def test_visit_create_records_and_says_what(chair):
    make_member("王桂芬")
    response = chair.post(NEW, typed(chair), follow=True)
    visit = Visit.objects.get()
    assert (visit.person, visit.money, visit.day) == ("王桂芬", 600, timezone.localdate())
    assert messages_of(response) == ["记下了：慰问王桂芬 600 元"]
    assert response.redirect_chain == [(reverse("welfare:visit_list"), 302)]


def test_visit_create_may_go_on_with_the_next(chair):
    make_member("王桂芬")
    response = chair.post(NEW, typed(chair, again="1", money=""), follow=True)
    assert messages_of(response) == [
        "记下了：慰问王桂芬",
        "慰问王桂芬：慰问金和慰问品都没有写。只是去看望的话，这样就行。",
    ]
    assert response.redirect_chain == [(NEW, 302)]


def test_visit_create_keeps_files(chair):
    make_member("王桂芬")
    receipt = SimpleUploadedFile("签领单.pdf", b"%PDF-1.4 receipt")
    chair.post(NEW, typed(chair, files=receipt))
    assert [file.name for file in attachments_of(Visit.objects.get())] == ["签领单.pdf"]


def test_visit_create_with_a_file_of_no_known_kind_saves_nothing(chair):
    make_member("王桂芬")
    bad = SimpleUploadedFile("程序.exe", b"MZ\x00\x01")
    response = chair.post(NEW, typed(chair, files=bad))
    assert response.status_code == 422
    assert response.context["form"].errors["files"][0].startswith("“程序.exe”是一个程序")
    assert "<h1>记一次慰问</h1>" in text_of(response)
    assert Visit.objects.count() == 0


def test_visit_create_answers_422_with_what_was_typed(chair):
    response = chair.post(NEW, typed(chair, q="赵无", place="市第二人民医院"))
    assert response.status_code == 422
    page = text_of(response)
    assert "名册里没有“赵无”，写全名或工号试试。" in page
    assert 'value="市第二人民医院"' in page


def test_visit_create_by_a_group_leader_reaches_only_the_own_group(log_in):
    group = make_group()
    make_member("王桂芬", group=make_group())
    make_member("许知行", group=group)
    client = log_in(user=make_user(Role.GROUP_LEADER, group=group))
    assert client.post(NEW, typed(client)).status_code == 422
    assert client.post(NEW, typed(client, q="许知行")).status_code == 302
    assert [visit.person for visit in Visit.objects.all()] == ["许知行"]


def test_visit_create_by_a_group_leader_refuses_an_outsider(log_in):
    client = log_in(Role.GROUP_LEADER)
    response = client.post(NEW, typed(client, q="", person_name="临聘张师傅"))
    assert response.status_code == 422
    assert "小组长只记本组会员的慰问，名册外的人、那天不在本组的人，由福利委员来记。" in text_of(
        response
    )


def sentence_of(response) -> str:
    """The sentence of the preview without its tags."""
    html = text_of(response).split('<p class="sentence">')[1].split("</p>")[0]
    return "".join(part.split(">")[-1] for part in html.split("<")).strip()


def test_visit_preview_says_what_will_be_recorded_and_records_no_visit(log_in):
    chair = log_in(user=make_user(Role.CHAIR, member=make_member("周慧兰")))
    make_member("王桂芬", department=make_department("语文组"))
    make_member("罗静怡")
    response = chair.post(
        reverse("welfare:visit_preview"),
        typed(
            chair,
            when="other",
            day="2025-11-18",
            place="市第二人民医院",
            more_visitors="罗静怡",
            goods="水果",
            goods_value="80",
        ),
    )
    assert sentence_of(response) == (
        "2025年11月18日，罗静怡、周慧兰到市第二人民医院看望语文组王桂芬老师（生病住院），"
        "送慰问金 600 元，送慰问品 水果（折价 80 元）。"
    )
    assert "只计人次和金额，不出现姓名" in text_of(response)
    assert Visit.objects.count() == 0


def test_visit_preview_of_a_form_half_filled_leaves_gaps(chair):
    response = chair.post(reverse("welfare:visit_preview"), {"when": "today"})
    today = timezone.localdate()
    assert response.status_code == 200
    assert sentence_of(response) == f"{today.month}月{today.day}日，谁看望哪位（为了什么）。"


def test_visit_preview_shows_the_persons_last_three_years(chair):
    wang = make_member("王桂芬")
    make_visit(wang, kind="festival", money=Decimal(300))
    make_visit(wang, voided="记重了")
    make_visit(make_member("许知行"))
    response = chair.post(reverse("welfare:visit_preview"), typed(chair))
    assert [visit.kind for visit in response.context["earlier"]] == ["festival"]


def test_visit_list_answers_a_search_that_is_too_long(chair):
    make_visit()
    response = chair.get(LIST + "&q=" + "王" * 61)
    assert response.status_code == 422
    assert people_on(response) == []
    assert "最多 60 字，现在有 61 字，删短一点。" in text_of(response)


@pytest.mark.parametrize("name", ["visit_detail", "visit_update"])
def test_a_visit_of_another_group_is_not_there_for_a_group_leader(log_in, name):
    visit = make_visit(make_member(group=make_group()))
    url = reverse(f"welfare:{name}", args=[visit.pk])
    assert log_in(Role.GROUP_LEADER).get(url).status_code == 404


def test_visit_update_shows_the_recorded(chair):
    visit = make_visit(make_member("王桂芬"), reason="急性阑尾炎")
    url = reverse("welfare:visit_update", args=[visit.pk])
    response = chair.get(url)
    assert response.context["form"]["q"].value() == "王桂芬"
    assert "急性阑尾炎" in text_of(response)


def test_visit_update_saves_the_change(chair):
    visit = make_visit(make_member("王桂芬"))
    url = reverse("welfare:visit_update", args=[visit.pk])
    response = chair.post(url, typed(chair, money="400"), follow=True)
    visit.refresh_from_db()
    assert visit.money == 400
    assert messages_of(response) == ["改好了：慰问王桂芬 400 元"]


def test_two_who_change_a_visit_at_once_keep_both_changes(log_in):
    visit = make_visit(make_member("王桂芬"), reason="骨折", goods="水果", goods_value=Decimal(80))
    url = reverse("welfare:visit_update", args=[visit.pk])
    clients = log_in(Role.CHAIR), log_in(Role.WELFARE)
    changes = {"money": "400"}, {"place": "市第二人民医院", "reason": "骨折，已出院"}
    opened = [posted_back(client.get(url)) for client in clients]
    for client, form, change in zip(clients, opened, changes, strict=True):
        assert client.post(url, form | change).status_code == 302
    saved = Visit.objects.get()
    assert (saved.money, saved.place, saved.reason) == (400, "市第二人民医院", "骨折，已出院")
    assert (saved.goods, saved.goods_value, saved.day) == ("水果", 80, visit.day)
    assert AuditEntry.objects.filter(act="welfare.update_visit").first().changes == {
        "place": ["", "市第二人民医院"],
        "reason": "改过",
    }


@pytest.mark.parametrize(
    ("one", "other", "sentence"),
    [
        ({"reason": "骨折"}, {"reason": "肺炎"}, "情况刚被改成“骨折”了，"),
        ({"place": "市医院"}, {"place": "县医院"}, "在哪里刚被改成“市医院”了，"),
    ],
)
def test_who_changes_what_another_one_just_changed_is_told(chair, one, other, sentence):
    make_member("罗静怡")
    visit = make_visit(make_member("王桂芬"), visitors=[make_member("周慧兰")])
    url = reverse("welfare:visit_update", args=[visit.pk])
    opened = posted_back(chair.get(url))
    assert chair.post(url, opened | one).status_code == 302
    response = chair.post(url, opened | other)
    assert response.status_code == 422
    assert sentence in response.text


@pytest.mark.parametrize("first", [{"more_visitors": "罗静怡"}, {"when": "yesterday"}])
def test_a_form_opened_before_keeps_what_another_changed_since(chair, first):
    make_member("罗静怡")
    visit = make_visit(make_member("王桂芬"), visitors=[make_member("周慧兰")])
    url = reverse("welfare:visit_update", args=[visit.pk])
    opened = posted_back(chair.get(url))
    chair.post(url, opened | first)
    changed = Visit.objects.get()
    visitors = set(changed.visitors.all())
    assert (changed.day, len(visitors)) != (visit.day, 1)
    chair.post(url, opened | {"money": "400"})
    saved = Visit.objects.get()
    assert (saved.money, saved.day, set(saved.visitors.all())) == (400, changed.day, visitors)


def test_visit_update_of_a_voided_one_is_refused(chair):
    visit = make_visit(make_member("王桂芬"), voided="记重了")
    response = chair.post(reverse("welfare:visit_update", args=[visit.pk]), typed(chair))
    assert response.status_code == 422
    assert "这一笔已经作废，不能再改，需要的话重新记一笔。" in text_of(response)


def test_visit_update_of_a_voided_one_leads_to_its_page_which_says_so(chair):
    visit = make_visit(voided="记重了")
    response = chair.get(reverse("welfare:visit_update", args=[visit.pk]), follow=True)
    assert response.redirect_chain == [(visit.get_absolute_url(), 302)]
    assert messages_of(response) == ["这一笔已经作废，不能再改，需要的话重新记一笔。"]


def test_visit_create_offers_to_undo_at_one_click(chair):
    make_member("王桂芬")
    page = text_of(chair.post(NEW, typed(chair), follow=True))
    visit = Visit.objects.get()
    undo = reverse("welfare:visit_undo", args=[visit.pk])
    assert f'<form method="post" action="{undo}">' in page
    response = chair.post(undo, follow=True)
    visit.refresh_from_db()
    assert visit.void_reason == "刚记就撤销"
    assert messages_of(response) == ["撤销了：慰问王桂芬 600 元，不计入任何数字。"]
    assert people_on(response) == []


def test_visit_preview_says_what_is_odd_once_it_knows_who_and_why(chair):
    make_member("王桂芬")
    odd = "慰问金和慰问品都没有写。"
    preview = reverse("welfare:visit_preview")
    assert odd not in text_of(chair.post(preview, {"q": "王桂芬", "when": "today"}))
    assert odd in text_of(chair.post(preview, typed(chair, money="")))
    assert odd not in text_of(chair.post(preview, typed(chair)))


def test_visit_preview_answers_with_the_card_of_the_person(chair):
    wang = make_member("王桂芬", department=make_department("语文组"), group=make_group("甲组"))
    make_visit(wang, day=timezone.localdate())
    response = chair.post(reverse("welfare:visit_preview"), typed(chair))
    card = response.context["card"]
    assert (card.name, card.place, card.last) == ("王桂芬", "语文组，甲组", "今天慰问过")
    assert '<div id="person-card" hx-swap-oob="innerHTML">' in text_of(response)


def test_visit_preview_of_nobody_takes_the_card_away(chair):
    page = text_of(chair.post(reverse("welfare:visit_preview"), typed(chair, q="赵无")))
    assert '<div id="person-card" hx-swap-oob="innerHTML"></div>' in page.replace("\n", "")


def test_visit_update_shows_the_person_as_a_card(chair):
    page = text_of(chair.get(reverse("welfare:visit_update", args=[make_visit().pk])))
    assert "近三年没有慰问过" in page
    assert "data-other-person" in page


def test_visit_list_says_what_it_is_not_asked_by(log_in):
    response = log_in(Role.CHAIR).get(LIST + "&group=3")
    assert response.status_code == 422
    assert "这一页没有“group”这个条件，用上面的筛选来选。" in response.content.decode()
