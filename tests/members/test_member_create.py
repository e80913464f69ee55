"""Adding one person: what is refused, what is asked about first."""

from datetime import date

import pytest

from members.models import Member
from tests.factories.members import make_group, make_member
from unionoffice.roles import Role


@pytest.fixture
def chair(log_in):
    return log_in(Role.CHAIR)


FORM = {
    "name": "曾晓燕",
    "gender": "female",
    "staff_no": "1001",
    "phone": "13800000000",
    "status": "active",
    "joined": "2009-09",
    "employment": "working",
    "birth": "1986-04",
}


def test_member_create_adds_the_person(chair):
    group = make_group()
    response = chair.post("/members/new/", FORM | {"group": group.pk}, follow=True)
    member = Member.objects.get(name="曾晓燕")
    assert response.redirect_chain == [(member.get_absolute_url(), 302)]
    assert "加好了：曾晓燕" in response.text
    assert (member.birth, member.birth_precision, member.initials) == (
        date(1986, 4, 1),
        "month",
        "zxy",
    )
    membership = member.memberships.get()
    assert (membership.status, membership.start, membership.start_precision) == (
        "active",
        date(2009, 9, 1),
        "month",
    )
    assert member.group_assignments.get().group == group


@pytest.mark.parametrize(
    ("changed", "text"),
    [
        ({"name": ""}, "姓名是空的，填上。"),
        ({"staff_no": "T-taken"}, "这个工号已经有人用了，核对一下。"),
        ({"birth": "1986.13"}, "没有“1986.13”这一天，"),
        ({"birth": "一九八六年四月，具体哪一天记不得了，等查了档案"}, "看不懂，写成 1986-04-12；"),
        ({"gender": "x"}, "性别里没有这一项，重新选一个。"),
        ({"group": "99999"}, "工会小组里没有这一项，重新选一个。"),
        ({"party": "群" * 21}, "最多 20 字，现在有 21 字，删短一点。"),
        ({"birth": "八十年代"}, "看不懂“八十年代”，"),
        ({"birth": "2999-01-01"}, "出生日期还没到，核对一下年份。"),
        ({"joined": "2999"}, "入会时间还没到，核对一下年份。"),
    ],
)
def test_member_create_refuses_and_keeps_what_was_typed(chair, changed, text):
    make_member("甲一", staff_no="T-taken")
    response = chair.post("/members/new/", FORM | changed)
    assert response.status_code == 422
    assert text in response.text
    assert 'value="13800000000"' in response.text
    assert not Member.objects.filter(name="曾晓燕").exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("１３８ ００００ ４４７１", "13800004471"),
        ("+86 138-0000-4471", "13800004471"),
        ("0596 2881234", "0596-2881234"),
        ("（020）88881234", "020-88881234"),
        ("", ""),
    ],
)
def test_a_phone_is_kept_in_one_way(chair, typed, kept):
    chair.post("/members/new/", FORM | {"phone": typed})
    assert Member.objects.get(name="曾晓燕").phone == kept


@pytest.mark.parametrize("typed", ["1380000447", "138000044711", "2881234", "没有", "23800004471"])
def test_what_is_no_phone_is_refused(chair, typed):
    response = chair.post("/members/new/", FORM | {"phone": typed})
    assert response.status_code == 422
    assert response.context["form"].errors == {
        "phone": ["手机写 11 位，1 开头；座机带区号，例如 0596-2881234。"]
    }


def test_a_strange_phone_that_stands_there_already_may_stay(chair):
    member = make_member("甲一", phone="小灵通 66")
    url = f"{member.get_absolute_url()}edit/"
    form = chair.get(url).context["form"]
    data = {field.name: field.value() or "" for field in form}
    data |= {f"initial-{name}": value for name, value in data.items()}
    data["birth"] = data["initial-birth"] = data["joined"] = data["initial-joined"] = ""
    response = chair.post(url, data | {"title": "一级教师"})
    assert (response.status_code, response.url) == (302, member.get_absolute_url())
    member.refresh_from_db()
    assert (member.title, member.phone) == ("一级教师", "小灵通 66")


SAME = "看看是不是同一个人；不是的话勾上，再加一次。"


@pytest.mark.parametrize(
    "known",
    [
        {"phone": "13800000000"},
        {"birth": date(1986, 1, 1), "birth_precision": "year"},
        {"birth": date(1986, 4, 12)},
        {"staff_no": None},
    ],
)
def test_whoever_seems_to_be_on_the_roster_is_asked_about_and_added_with_a_tick(chair, known):
    there = make_member("曾晓燕", **known)
    response = chair.post("/members/new/", FORM)
    assert response.status_code == 422
    assert response.context["form"].errors == {"another": [SAME]}
    assert f'<a href="{there.get_absolute_url()}">曾晓燕</a>' in response.text
    assert Member.objects.filter(name="曾晓燕").count() == 1
    added = chair.post("/members/new/", FORM | {"another": "on"})
    assert added.status_code == 302
    assert Member.objects.filter(name="曾晓燕").count() == 2


@pytest.mark.parametrize(
    "other",
    [
        {"name": "曾晓燕", "birth": date(1986, 5, 1), "staff_no": None},
        {"name": "曾晓燕", "staff_no": "2002"},
        {"name": "曾小燕", "phone": "13800000001", "birth": date(1986, 4, 1)},
    ],
)
def test_whoever_is_plainly_someone_else_is_not_asked_about(chair, other):
    make_member(**other)
    assert chair.post("/members/new/", FORM).status_code == 302


def test_who_has_the_phone_of_someone_else_is_asked_about(chair):
    there = make_member("甲一", phone="13800000000")
    response = chair.post("/members/new/", FORM)
    assert response.context["form"].errors == {"another": [SAME]}
    assert f'<a href="{there.get_absolute_url()}">甲一</a>' in response.text
    assert chair.post("/members/new/", FORM | {"another": "on"}).status_code == 302


@pytest.mark.parametrize("typed", ["１００１", " 10 01 ", "１０ ０１"])
def test_a_number_is_kept_as_in_a_roster_file(chair, typed):
    assert chair.post("/members/new/", FORM | {"staff_no": typed}).status_code == 302
    assert Member.objects.get(name="曾晓燕").staff_no == "1001"


def test_a_number_that_is_known_in_other_digits_is_the_same(chair):
    make_member("甲一", staff_no="1001")
    response = chair.post("/members/new/", FORM | {"staff_no": "１００１"})
    assert response.context["form"].errors == {"staff_no": ["这个工号已经有人用了，核对一下。"]}


def test_what_is_no_number_is_refused(chair):
    response = chair.post("/members/new/", FORM | {"staff_no": "没有"})
    told = ["工号用数字、字母和短横线写，最多 20 位。"]
    assert response.context["form"].errors == {"staff_no": told}


def test_whose_number_it_is_can_be_looked_up_but_not_ticked_away(chair):
    there = make_member("甲一", staff_no="1001")
    response = chair.post("/members/new/", FORM | {"another": "on"})
    assert response.context["form"].errors == {"staff_no": ["这个工号已经有人用了，核对一下。"]}
    assert f'<a href="{there.get_absolute_url()}">甲一</a>，工号 1001' in response.text
    assert 'name="another"' not in response.text


@pytest.mark.parametrize(
    "path",
    [
        "members/new/",
        "organisation/groups/new/",
        "organisation/offices/new/",
        "members/imports/new/",
    ],
)
def test_an_empty_post_says_what_is_missing(chair, path):
    response = chair.post(f"/{path}")
    assert response.status_code == 422
    missing = {
        "members/new/": {"name": ["姓名是空的，填上。"]},
        "organisation/groups/new/": {
            "name": ["写上小组的名称，例如：语文组。"],
            "order": ["排序写 0 到 32767 的整数，不用排就写 0。"],
        },
        "organisation/offices/new/": {
            "member": ["写上是谁，从找到的人里选一位。"],
            "office": ["选一个职务。"],
        },
        "members/imports/new/": {"file": ["先选一个文件。"]},
    }
    assert response.context["form"].errors == missing[path]


def test_an_empty_post_does_not_clear_a_person(chair):
    member = make_member("甲一")
    response = chair.post(f"{member.get_absolute_url()}edit/")
    assert response.status_code == 422
    assert response.context["form"].errors == {
        "name": ["姓名是空的，填上。"],
        "since": ["写上变动从哪天起。"],
    }


def test_two_people_may_have_no_number(chair):
    make_member("甲一", staff_no=None)
    chair.post("/members/new/", FORM | {"staff_no": ""})
    assert Member.objects.get(name="曾晓燕").staff_no is None


def test_member_create_takes_the_usual_word_for_what_is_written_in_several_ways(chair):
    chair.post("/members/new/", FORM | {"party": "党员", "ethnicity": "汉"})
    member = Member.objects.get(name="曾晓燕")
    assert (member.party, member.ethnicity) == ("中共党员", "汉族")


def test_member_detail_asks_how_a_rare_character_is_read(chair):
    asked = "“𠮷”查不到读音，点“改资料”写上，才按拼音查得到"
    assert asked in chair.post("/members/new/", FORM | {"name": "𠮷田文"}, follow=True).text
    told = FORM | {"name": "𠮷田武", "staff_no": "1002", "phone": "", "pinyin": "ji tian wu"}
    page = chair.post("/members/new/", told, follow=True).text
    assert "<dd>ji tian wu</dd>" in page
