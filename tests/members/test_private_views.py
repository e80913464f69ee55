"""Private fields in the browser: turned on and off, stored, looked at by the right people only."""

from datetime import date

import pytest
from django.urls import reverse

from members import actions
from members.choices import MembershipExit
from members.models import KeptField, PrivateValue
from members.private import unseal
from tests.factories.members import make_group, make_member, make_user
from unionoffice.models import AuditEntry
from unionoffice.roles import Role

ID_CARD, BANK = "11010519491231002X", "6222021234567890128"
REASON = "市总工会互助保障要按身份证号登记"


@pytest.fixture
def chair(log_in):
    return log_in(Role.CHAIR)


def keep(*fields: str) -> None:
    for field in fields:
        actions.keep_field(field=field, reason=REASON, by=make_user(Role.CHAIR))


def store(member, **values) -> None:
    actions.change_private(member=member, values=values, by=make_user(Role.CHAIR))


def url(name: str, *args) -> str:
    return reverse(f"members:{name}", args=args)


# ------------------------------------------------------------------ on and off
def test_kept_field_create_wants_a_reason_and_the_consent(chair):
    page = chair.post(url("kept_field_create"), {"field": "id_card", "reason": "登记"})
    assert page.status_code == 422
    assert page.context["form"].errors == {
        "reason": ["原因太短，写清楚用在哪件事上。"],
        "told": ["先告诉会员并取得单独同意，再勾上（个人信息保护法第二十九条、第三十条）。"],
    }
    data = {"field": "id_card", "reason": REASON, "told": "on"}
    page = chair.post(url("kept_field_create"), data, follow=True)
    assert "开了：身份证号，可以在每个人的资料里记了" in page.text
    assert REASON in page.text
    kept = KeptField.objects.get()
    assert (kept.field, kept.reason, kept.turned_on_by) == ("id_card", REASON, chair.user)


def test_a_field_that_is_kept_is_not_offered_again(chair):
    keep("id_card")
    form = chair.get(url("kept_field_create")).context["form"]
    assert [field for field, _ in form.fields["field"].choices] == ["bank_account", "family"]


def test_kept_field_delete_says_how_many_values_go(chair):
    keep("id_card")
    kept = KeptField.objects.get()
    for _ in range(3):
        store(make_member(), id_card=ID_CARD)
    assert "会删掉 <b>3</b> 个人的身份证号" in chair.get(url("kept_field_delete", kept.pk)).text
    assert PrivateValue.objects.count() == 3
    page = chair.post(url("kept_field_delete", kept.pk), follow=True)
    assert "关了：身份证号，记下的 3 条都删掉了" in page.text
    assert PrivateValue.objects.count() == KeptField.objects.count() == 0


def test_what_is_kept_of_those_who_left_goes_at_one_click(chair):
    keep("id_card")
    kept, here, gone = KeptField.objects.get(), make_member(), make_member()
    for member in (here, gone):
        store(member, id_card=ID_CARD)
    gone.memberships.update(end="2026-01-31", exit=MembershipExit.TRANSFERRED)
    assert "离开的 1 人" in chair.get(url("kept_field_list")).text
    page = chair.post(url("kept_field_clear", kept.pk), follow=True)
    assert "删掉了 1 个离开的人的身份证号" in page.text
    assert "离开的 1 人" not in page.text
    assert PrivateValue.objects.get().member == here


# ------------------------------------------------------------------ values
def test_a_doubtful_value_is_kept_only_with_a_tick(chair):
    keep("id_card")
    member = make_member(gender="male")
    page = chair.post(url("member_private_update", member.pk), {"id_card": ID_CARD})
    assert page.status_code == 422
    assert "身份证号里的性别是女，资料里写的是男。" in page.text
    assert PrivateValue.objects.count() == 0
    data = {"id_card": ID_CARD, "anyway": "on"}
    page = chair.post(url("member_private_update", member.pk), data, follow=True)
    assert f"改好了：{member}的身份证号" in page.text
    assert unseal(PrivateValue.objects.get().sealed) == ID_CARD


def test_a_number_that_someone_else_has_is_doubted(chair):
    keep("id_card")
    store(make_member("李某"), id_card=ID_CARD)
    member = make_member()
    page = chair.post(url("member_private_update", member.pk), {"id_card": ID_CARD})
    assert page.context["form"].doubts == ("李某的身份证号也是这个，核对一下是谁的。",)
    assert page.status_code == 422
    store(member, id_card=ID_CARD)
    page = chair.post(url("member_private_update", make_member().pk), {"id_card": ""})
    assert page.status_code == 302


def test_an_empty_form_keeps_what_is_stored_and_a_tick_deletes_it(chair):
    keep("id_card", "family")
    member = make_member()
    store(member, id_card=ID_CARD, family="夫 张某，某厂")
    address = url("member_private_update", member.pk)
    page = chair.get(address)
    assert ID_CARD not in page.text
    assert "张某" not in page.text
    assert "1101**********002X" in page.text
    assert "没有改动" in chair.post(address, {}, follow=True).text
    assert PrivateValue.objects.count() == 2
    chair.post(address, {"drop_family": "on"})
    assert PrivateValue.objects.get().field == "id_card"


def test_a_wrong_value_is_told_at_its_field(chair):
    keep("id_card", "bank_account")
    data = {"id_card": "110105194912310021", "bank_account": "1"}
    page = chair.post(url("member_private_update", make_member().pk), data)
    assert page.context["form"].errors == {
        "id_card": ["身份证号的最后一位和前面的对不上，有一位写错了，核对一下。"],
        "bank_account": ["银行卡号是 12 到 19 位数字，核对一下。"],
    }


def test_without_the_key_nothing_is_stored_and_the_form_says_why(chair, settings):
    keep("id_card")
    member = make_member()
    (settings.DATA_DIR / "private_key").unlink()
    page = chair.post(url("member_private_update", member.pk), {"id_card": ID_CARD})
    assert page.status_code == 422
    assert "密钥文件" in page.text
    assert PrivateValue.objects.count() == 0


# ------------------------------------------------------------------ looks
def test_the_page_shows_a_mask_and_a_look_shows_the_value_and_leaves_a_trace(chair):
    keep("id_card")
    member = make_member()
    store(member, id_card=ID_CARD)
    page = chair.get(member.get_absolute_url())
    assert ID_CARD not in page.text
    assert "1101**********002X" in page.text
    page = chair.post(url("member_private_detail", member.pk), {"field": "id_card"})
    assert ID_CARD in page.text
    entry = AuditEntry.objects.first()
    assert (entry.act, entry.actor, entry.target_id, entry.changes) == (
        "members.view_private",
        chair.user,
        str(member.pk),
        {"field": "id_card"},
    )


def test_the_treasurer_sees_bank_accounts_and_nothing_else(log_in):
    keep("id_card", "bank_account")
    member = make_member()
    store(member, id_card=ID_CARD, bank_account=BANK)
    treasurer = log_in(Role.TREASURER)
    page = treasurer.get(member.get_absolute_url())
    assert [row.field for row in page.context["private_rows"]] == ["bank_account"]
    address = url("member_private_detail", member.pk)
    page = treasurer.post(address, {"field": "id_card"}, follow=True)
    assert "没有这一项，或者它不归您看。" in page.text
    assert ID_CARD not in page.text
    assert BANK in treasurer.post(address, {"field": "bank_account"}).text
    looks = AuditEntry.objects.filter(act="members.view_private")
    assert [entry.changes for entry in looks] == [{"field": "bank_account"}]


@pytest.mark.parametrize("role", [Role.ADMIN, Role.VICE_CHAIR, Role.WELFARE, Role.AUDITOR])
def test_others_who_see_the_roster_see_not_even_a_mask(log_in, role):
    keep("id_card")
    member = make_member()
    store(member, id_card=ID_CARD)
    assert "1101*" not in log_in(role).get(member.get_absolute_url()).text


def test_one_sees_the_own_values_and_why_they_are_kept(log_in):
    keep("id_card", "family")
    client = log_in(Role.MEMBER)
    store(client.user.member, id_card=ID_CARD, family="夫 张某\n子 张小某")
    page = client.get(url("my_profile"))
    assert REASON in page.text
    assert ID_CARD not in page.text
    page = client.post(url("own_private_detail"), {"field": "family"})
    assert "夫 张某<br>子 张小某" in page.text
    assert AuditEntry.objects.first().actor == client.user


def test_nothing_private_shows_where_nothing_is_kept(chair):
    page = chair.get(make_member().get_absolute_url())
    assert "私密资料" not in page.text.split("<main")[1].split("</main>")[0]


def test_without_the_key_the_page_says_so_and_still_opens(chair, settings):
    keep("id_card")
    member = make_member()
    store(member, id_card=ID_CARD)
    (settings.DATA_DIR / "private_key").unlink()
    page = chair.get(member.get_absolute_url())
    assert page.status_code == 200
    assert "不在或读不出来，身份证号这些打不开。把它放回去。" in page.text


# ------------------------------------------------------------------ the page of a person
def test_a_group_leader_sees_only_what_the_group_needs(log_in):
    group = make_group()
    leader = log_in(user=make_user(Role.GROUP_LEADER, group=group))
    member = make_member(
        "王某",
        group=group,
        birth=date(1986, 4, 12),
        phone="13800000000",
        party="中共党员",
        ethnicity="回族",
        card_no="3501",
        note="不外传",
    )
    text = leader.get(member.get_absolute_url()).text.split("<main")[1].split("</main>")[0]
    assert "13800000000" in text
    assert "4月12日" in text
    for hidden in ("1986", "中共党员", "回族", "3501", "不外传", "经历", "改资料", member.staff_no):
        assert hidden not in text
