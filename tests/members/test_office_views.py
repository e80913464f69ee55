"""Groups and offices in the browser."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from members.models import OfficeHolding, UnionGroup
from tests.factories.members import make_department, make_group, make_member, make_user
from unionoffice.models import AuditEntry
from unionoffice.roles import Role


@pytest.fixture
def chair(log_in):
    return log_in(Role.CHAIR)


@pytest.mark.parametrize("groups", [1, 3])
def test_group_list_query_count_is_flat(chair, groups, django_assert_num_queries):
    for _ in range(groups):
        make_user(Role.GROUP_LEADER, group=make_group())
    with django_assert_num_queries(8):
        response = chair.get("/organisation/groups/")
    assert len(response.context["groups"]) == groups


def test_group_list_on_a_day_leaves_out_groups_without_members_then(chair):
    full = make_group("一组")
    make_group("二组")
    make_member("甲一", group=full)
    assert [r.group.name for r in chair.get("/organisation/groups/").context["groups"]] == [
        "一组",
        "二组",
    ]
    found = chair.get("/organisation/groups/", {"on": "2026-01-01"}).context["groups"]
    assert [(row.group.name, row.size) for row in found] == [("一组", 1)]
    assert chair.get("/organisation/groups/", {"on": "2020-08-31"}).context["groups"] == []


def test_group_list_of_a_day_that_is_none_says_so_and_leads_back(chair):
    make_group("一组")
    response = chair.get("/organisation/groups/", {"on": "zzz", "page": "zzz", "period": "zzz"})
    assert response.status_code == 422
    assert "没有这一天，写成 2026-03-08 这样。" in response.text
    assert '<a href="/organisation/groups/">看今天的工会小组</a>' in response.text
    assert "<h1>工会小组</h1>" in response.text
    assert "一组" not in response.text


def test_office_list_of_a_day_shows_who_was_in_office_then(chair):
    member = make_member("曾晓燕")
    member.offices.create(office="women", start=date(2021, 1, 1), end=date(2023, 12, 31))
    member.offices.create(office="welfare", start=date(2024, 1, 1))
    page = chair.get("/organisation/offices/", {"on": "2023-12-31"})
    offices = [row.office for row in page.context["current"]]
    assert offices == ["chair", "women"]
    assert page.context["former"] == []


def test_office_list_of_a_day_that_is_none_says_so(chair):
    response = chair.get("/organisation/offices/", {"on": "zzz", "page": "zzz", "period": "zzz"})
    assert (response.status_code, len(response.context["current"])) == (422, 1)
    assert "没有这一天，写成 2026-03-08 这样。" in response.text


def test_group_create_sets_up_a_group(chair):
    response = chair.post("/organisation/groups/new/", {"name": "语文组", "order": 1}, follow=True)
    assert "设好了：语文组" in response.text
    assert UnionGroup.objects.get().name == "语文组"


def test_group_create_refuses_a_name_that_is_taken(chair):
    make_group("语文组")
    response = chair.post("/organisation/groups/new/", {"name": "语文组", "order": 0})
    assert response.status_code == 422
    assert "已有同名的工会小组，换一个名称。" in response.text
    assert UnionGroup.objects.count() == 1


@pytest.mark.parametrize("holders", [1, 3])
def test_office_list_query_count_is_flat(chair, holders, django_assert_num_queries):
    for _ in range(holders):
        make_user(Role.GROUP_LEADER)
    with django_assert_num_queries(6):
        response = chair.get("/organisation/offices/")
    assert len(response.context["current"]) == holders + 1


def test_office_create_appoints(chair):
    member = make_member("曾晓燕")
    data = {"member": member.pk, "office": "women", "start": "2026-01-01"}
    response = chair.post("/organisation/offices/new/", data, follow=True)
    assert "登记好了：曾晓燕任女工委员" in response.text
    assert member.offices.values_list("office", "start", "end").get() == (
        "women",
        date(2026, 1, 1),
        None,
    )


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"member": ""}, "写上是谁，从找到的人里选一位。"),
        ({"member": "99999"}, "名册里没有这个人，从找到的人里选一位。"),
        ({"office": "group_leader"}, "小组长要写明是哪个工会小组。"),
        ({"office": "department_head"}, "部门负责人要写明是哪个部门。"),
        ({"office": "treasurer"}, "曾晓燕现在就是财务委员，不用再登记。"),
        ({"office": "king"}, "没有这个职务，或者要由主席、副主席、管理员登记。"),
        ({"group": "99999"}, "工会小组里没有这一项，重新选一个。"),
        ({"start": "2026-02-30"}, "没有这一天，写成 2026-03-08 这样。"),
    ],
)
def test_office_create_refuses(chair, data, text):
    member = make_member("曾晓燕")
    member.offices.create(office="treasurer")
    before = OfficeHolding.objects.count()
    response = chair.post(
        "/organisation/offices/new/", {"member": member.pk, "office": "women"} | data
    )
    assert response.status_code == 422
    assert text in response.text
    assert OfficeHolding.objects.count() == before


def test_office_create_for_a_group_keeps_the_group(chair):
    member, group = make_member("曾晓燕"), make_group("语文组")
    data = {"member": member.pk, "office": "group_leader", "group": group.pk}
    chair.post("/organisation/offices/new/", data)
    assert member.offices.get().group == group
    assert "（语文组）" in chair.get("/organisation/offices/").text


def appointed(chair, **data) -> list[str]:
    response = chair.post("/organisation/offices/new/", data, follow=True)
    assert OfficeHolding.objects.filter(member=data["member"], office=data["office"]).exists()
    return [str(each) for each in response.context["messages"] if each.level_tag == "warning"]


def test_office_create_says_what_is_unusual_of_a_group_leader(chair):
    first, second = make_group("一组"), make_group("二组")
    own, other, nowhere = (
        make_member("甲一", group=first),
        make_member("乙二", group=second),
        make_member("丙三"),
    )
    leader = {"office": "group_leader", "group": first.pk, "start": "2026-03-01"}
    assert appointed(chair, member=own.pk, **leader) == []
    assert appointed(chair, member=other.pk, **leader) == [
        "一组另有小组长甲一还没有结束，换人的话把前任的结束掉。",
        "乙二编在二组，却任一组的小组长，核对一下。",
    ]
    assert appointed(chair, member=nowhere.pk, **leader | {"group": second.pk}) == [
        "丙三没有编进工会小组，却任二组的小组长，核对一下。"
    ]


def test_office_create_says_that_an_office_begins_in_the_future(chair):
    member = make_member("甲一")
    data = {"member": member.pk, "office": "welfare", "start": "2099-03-01"}
    assert appointed(chair, **data) == ["2099年3月1日还没到，甲一从那天起才是福利委员。"]


def test_office_create_keeps_the_chosen_person_when_something_else_is_wrong(chair):
    member = make_member("曾晓燕")
    data = {"member": member.pk, "office": "", "department": make_department().pk}
    text = chair.post("/organisation/offices/new/", data).text
    assert 'value="曾晓燕"' in text
    assert f'name="member" value="{member.pk}"' in text


def test_office_end_writes_the_last_day(chair):
    holding = make_member("曾晓燕").offices.create(office="women", start=date(2021, 1, 1))
    url = f"/organisation/offices/{holding.pk}/end/"
    response = chair.post(url, {"last_day": "2026-03-08"}, follow=True)
    assert "记下了：曾晓燕的女工委员到2026年3月8日为止" in response.text
    holding.refresh_from_db()
    assert holding.end == date(2026, 3, 8)


@pytest.mark.parametrize(
    ("last_day", "text"),
    [
        ("", "写上任职的最后一天。"),
        ("昨天", "没有这一天，写成 2026-03-08 这样。"),
        ("2020-12-31", "2020年12月31日早于任职开始的2021年1月1日，改成之后的日期。"),
    ],
)
def test_office_end_refuses(chair, last_day, text):
    holding = make_member("曾晓燕").offices.create(office="women", start=date(2021, 1, 1))
    response = chair.post(
        f"/organisation/offices/{holding.pk}/end/", {"last_day": last_day}, follow=True
    )
    assert text in response.text
    holding.refresh_from_db()
    assert holding.end is None


def test_office_end_by_get_is_not_possible(chair):
    holding = make_member("曾晓燕").offices.create(office="women")
    assert chair.get(f"/organisation/offices/{holding.pk}/end/").status_code == 405


def test_office_end_a_second_time_says_that_it_is_over(chair):
    holding = make_member("曾晓燕").offices.create(office="women", end=date(2024, 1, 1))
    url = f"/organisation/offices/{holding.pk}/end/"
    response = chair.post(url, {"last_day": "2026-03-08"}, follow=True)
    assert "曾晓燕的女工委员已经结束了，不用再写。" in response.text
    holding.refresh_from_db()
    assert holding.end == date(2024, 1, 1)


def test_an_organisation_commissioner_is_offered_only_the_offices_below(log_in):
    make_user(Role.CHAIR)
    leader = make_user(Role.GROUP_LEADER).member.offices.get()
    client = log_in(Role.ORGANISATION)
    choices = client.get("/organisation/offices/new/").context["form"].fields["office"].choices
    assert [value for value, _ in choices] == ["", "group_leader", "department_head"]
    text = client.get("/organisation/offices/").text
    assert re.findall(r"/organisation/offices/(\d+)/end/", text) == [str(leader.pk)]


def test_an_organisation_commissioner_does_not_appoint_the_chair(log_in):
    client = log_in(Role.ORGANISATION)
    data = {"member": client.user.member_id, "office": "chair", "start": "2026-01-01"}
    assert client.post("/organisation/offices/new/", data).status_code == 422
    assert not OfficeHolding.objects.filter(office="chair").exists()


def test_office_list_says_who_has_not_begun(chair):
    ahead = timezone.localdate() + timedelta(days=9)
    make_member("曾晓燕").offices.create(office="women", start=ahead)
    assert chair.get("/organisation/offices/").text.count("还没到任") == 1


def test_the_office_form_names_its_fields_in_chinese(chair):
    form = chair.get("/organisation/offices/new/").context["form"]
    shown = [field.label for field in form if field.name in form.Meta.fields]
    assert shown == ["谁", "职务", "工会小组", "部门", "哪一届", "分工", "从哪天起"]


@pytest.mark.django_db
class TestASecondChair:
    @pytest.fixture
    def earlier(self):
        return make_user(Role.CHAIR)

    @pytest.fixture
    def admin(self, log_in):
        return log_in(Role.ADMIN)

    @staticmethod
    def data(**values) -> dict:
        member = make_user(Role.MEMBER).member
        return {"member": member.pk, "office": "chair", "start": "2026-09-01"} | values

    def test_is_asked_about_with_the_end_of_the_earlier_ones_office_chosen(self, admin, earlier):
        response = admin.post("/organisation/offices/new/", self.data())
        assert response.status_code == 422
        assert response.context["form"].errors == {
            "__all__": [
                f"{earlier}的工会主席还没有结束，一般只有一位。"
                "看看“前任怎么办”选得对不对，再点登记。"
            ]
        }
        assert response.text.count('name="earlier"') == 2
        assert re.search(r'<input[^>]*value="ends"[^>]*checked', response.text)
        assert OfficeHolding.objects.filter(office="chair").count() == 1

    def test_follows_on_the_earlier_one(self, admin, earlier):
        data = self.data(earlier="ends")
        assert admin.post("/organisation/offices/new/", data).status_code == 302
        spans = OfficeHolding.objects.filter(office="chair").order_by("start")
        assert list(spans.values_list("member", "end")) == [
            (earlier.member_id, date(2026, 8, 31)),
            (data["member"], None),
        ]

    def test_stays_beside_the_earlier_one_for_a_reason_that_is_recorded(self, admin, earlier):
        data = self.data(earlier="stays", both_because="交接一个月")
        assert admin.post("/organisation/offices/new/", data).status_code == 302
        assert earlier.member.offices.get().end is None
        entry = AuditEntry.objects.get(act="members.appoint")
        assert entry.changes == {
            "office": "chair",
            "start": "2026-09-01",
            "both_because": "交接一个月",
        }

    @pytest.mark.parametrize(
        ("answer", "errors"),
        [
            ({"earlier": "stays"}, {"both_because": ["写上为什么，例如：交接一个月。"]}),
            (
                {"earlier": "ends", "start": ""},
                {"start": ["写上从哪天起，前任到前一天为止。"]},
            ),
            ({"earlier": "x"}, {"earlier": ["前任怎么办，从两样里选一样。"]}),
            (
                {"earlier": "ends", "start": "2020-09-01"},
                {"__all__": ["EARLIER从2020年9月1日起才任工会主席，新任最早从第二天起。"]},
            ),
        ],
    )
    def test_is_not_registered_by_half_an_answer(self, admin, earlier, answer, errors):
        response = admin.post("/organisation/offices/new/", self.data(**answer))
        assert response.status_code == 422
        found = {
            name: [sentence.replace(str(earlier), "EARLIER") for sentence in sentences]
            for name, sentences in response.context["form"].errors.items()
        }
        assert found == errors
        assert OfficeHolding.objects.filter(office="chair", end=None).count() == 1

    def test_is_no_second_one_after_the_earlier_ones_last_day(self, admin, earlier):
        earlier.member.offices.update(end=date(2026, 8, 31))
        assert admin.post("/organisation/offices/new/", self.data()).status_code == 302

    @pytest.mark.parametrize("office", ["vice_chair", "welfare", "admin"])
    def test_is_unlike_a_second_holder_of_another_office(self, admin, office):
        make_user(Role(office))
        data = self.data(office=office)
        assert admin.post("/organisation/offices/new/", data).status_code == 302


def test_office_create_says_that_the_membership_is_retained(chair):
    member = make_member("甲一", status="retained")
    data = {"member": member.pk, "office": "welfare", "start": "2026-03-01"}
    assert appointed(chair, **data) == [
        "甲一那天是保留会籍，保留会籍期间一般没有被选举权，对照本级的会籍管理办法。"
    ]


def test_office_update_and_drop(chair):
    holding = make_member("曾晓燕").offices.create(office="women", start=date(2021, 1, 1))
    url = f"/organisation/offices/{holding.pk}/"
    data = {"note": "女工、计生", "start": "2021-02-01", "how": "appointed"}
    assert chair.post(f"{url}edit/", data).status_code == 302
    holding.refresh_from_db()
    assert (holding.note, holding.start) == ("女工、计生", date(2021, 2, 1))
    refused = chair.post(f"{url}edit/", {"start": "2021-02-01", "end": "2020-01-01"})
    assert refused.context["form"].errors == {"__all__": ["任期的结束日期早于开始日期，对调一下。"]}
    assert "写上为什么去掉" in chair.post(f"{url}drop/", {"reason": ""}, follow=True).text
    text = chair.post(f"{url}drop/", {"reason": "登记重了"}, follow=True).text
    assert "去掉了：曾晓燕的女工委员" in text
    assert not OfficeHolding.objects.filter(pk=holding.pk).exists()


def test_office_create_from_a_group_leads_back_to_it(chair):
    member, group = make_member("曾晓燕"), make_group("语文组")
    url = f"/organisation/offices/new/?office=group_leader&group={group.pk}&group_page=1"
    assert chair.get(url).context["form"].initial["group"] == str(group.pk)
    data = {"member": member.pk, "office": "group_leader", "group": group.pk}
    assert chair.post(url, data).url == f"/organisation/groups/{group.pk}/"
