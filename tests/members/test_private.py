"""Private fields: right values, masks, the key, and the acts that store, read and delete them."""

import stat
import zipfile
from datetime import date

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command

from members import actions, private
from members.choices import Gender, PrivateField
from members.models import KeptField, Member, PrivateValue
from tests.factories.members import make_member, make_user
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.periods import Precision
from unionoffice.roles import Role

ID_CARD = "11010519491231002X"  # the example of GB 11643
BANK = "6222021234567890128"
REASON = "市总工会互助保障要按身份证号登记"


@pytest.fixture
def chair(office):
    return make_user(Role.CHAIR)


@pytest.fixture
def kept(chair) -> KeptField:
    return actions.keep_field(field=PrivateField.ID_CARD, reason=REASON, by=chair)


# ------------------------------------------------------------------ values
@pytest.mark.parametrize(
    "text",
    [
        ID_CARD,
        "11010519491231002x",
        " 110105 19491231 002X ",
        "１１０１０５１９４９１２３１００２Ｘ",
    ],
)
def test_an_id_card_number_is_taken_however_it_was_typed(text):
    assert private.clean_value(PrivateField.ID_CARD, text) == ID_CARD


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("110105194912310021", "身份证号的最后一位和前面的对不上，有一位写错了，核对一下。"),
        ("110105491231002", "这是 15 位的老号码，2013 年起不能用了，填 18 位的。"),
        ("1101051949123100", "身份证号是 18 位：17 位数字，最后一位是数字或 X，核对一下。"),
        ("110105194913310021", "身份证号里的出生日期 19491331 不存在，核对一下。"),
    ],
)
def test_what_is_no_id_card_number_is_refused_with_the_reason(text, sentence):
    with pytest.raises(RuleBroken) as refusal:
        private.clean_value(PrivateField.ID_CARD, text)
    assert str(refusal.value) == sentence


def test_a_bank_account_has_12_to_19_digits():
    assert private.clean_value(PrivateField.BANK_ACCOUNT, "6222 0212-3456 7890 128") == BANK
    with pytest.raises(RuleBroken, match=r"^银行卡号是 12 到 19 位数字，核对一下。$"):
        private.clean_value(PrivateField.BANK_ACCOUNT, "62220212345")


def test_a_bank_account_that_fails_the_check_is_only_doubted():
    member = Member(name="王某")
    assert private.doubts(PrivateField.BANK_ACCOUNT, "6222021234567890128", member) == []
    assert private.doubts(PrivateField.BANK_ACCOUNT, "6222021234567890129", member) == [
        "银行卡号没有通过校验，多半有一位写错了；存折的账号可以不管这一句。"
    ]


def test_an_id_card_number_is_doubted_where_birth_or_gender_differ():
    member = Member(name="王某", birth=date(1950, 12, 31), gender=Gender.MALE)
    assert private.doubts(PrivateField.ID_CARD, ID_CARD, member) == [
        "身份证号里的出生日期是 1949-12-31，资料里写的是 1950-12-31。",
        "身份证号里的性别是女，资料里写的是男。",
    ]
    member = Member(birth=date(1949, 1, 1), birth_precision=Precision.YEAR, gender=Gender.FEMALE)
    assert private.doubts(PrivateField.ID_CARD, ID_CARD, member) == []


def test_a_mask_leaves_the_ends_and_nothing_of_the_family():
    assert private.masked(PrivateField.ID_CARD, ID_CARD) == "1101**********002X"
    assert private.masked(PrivateField.BANK_ACCOUNT, BANK) == "6222***********0128"
    assert private.masked(PrivateField.FAMILY, "妻 李某，某校") == "已记"


# ------------------------------------------------------------------ the key
def test_the_key_is_made_with_the_first_field_and_only_we_may_read_it(chair):
    assert not private.has_key()
    actions.keep_field(field=PrivateField.ID_CARD, reason=REASON, by=chair)
    first = private.key_file().read_text()
    assert stat.S_IMODE(private.key_file().stat().st_mode) == 0o600
    actions.keep_field(field=PrivateField.FAMILY, reason=REASON, by=chair)
    assert private.key_file().read_text() == first


def test_a_new_key_before_the_old_one_seals_and_both_open(kept):
    old = private.seal(ID_CARD)
    new = Fernet.generate_key().decode()
    private.key_file().write_text(f"{new}\n{private.key_file().read_text()}")
    assert private.unseal(old) == ID_CARD
    assert Fernet(new).decrypt(private.seal(BANK).encode()).decode() == BANK


def test_without_the_key_nothing_opens_and_no_new_key_is_made(kept, chair):
    member = make_member()
    actions.change_private(member=member, values={"id_card": ID_CARD}, by=chair)
    private.key_file().unlink()
    with pytest.raises(
        RuleBroken, match=r"^密钥文件 .* 不在或读不出来，身份证号这些打不开。把它放回去。$"
    ):
        actions.look_at_private(member=member, field="id_card", by=chair)
    with pytest.raises(RuleBroken, match=r"^已经记下的打不开，密钥文件不在了。"):
        actions.keep_field(field=PrivateField.FAMILY, reason=REASON, by=chair)
    assert not private.has_key()


def test_with_another_key_the_sentence_says_so(kept, chair):
    sealed = private.seal(ID_CARD)
    private.key_file().write_bytes(Fernet.generate_key())
    with pytest.raises(
        RuleBroken, match=r"^这一项打不开：.* 不是当时的密钥。把原来的密钥文件放回去。$"
    ):
        private.unseal(sealed)


@pytest.mark.django_db(transaction=True)
def test_no_backup_holds_the_key_and_the_command_says_so(tmp_path, capsys):
    actions.keep_field(field="id_card", reason=REASON, by=make_user(Role.CHAIR))
    call_command("backup", str(tmp_path / "office.zip"))
    said = f"身份证号这些私密资料的密钥 {private.key_file()} 不在备份里，另外抄一份，分开放。"
    assert said in capsys.readouterr().out
    with zipfile.ZipFile(tmp_path / "office.zip") as archive:
        assert [name for name in archive.namelist() if "key" in name] == []


# ------------------------------------------------------------------ the acts
def test_nothing_is_stored_of_a_field_that_is_not_kept(kept, chair):
    with pytest.raises(RuleBroken, match=r"^没有开银行卡号这一项，主席或管理员开了才能记。$"):
        actions.change_private(member=make_member(), values={"bank_account": BANK}, by=chair)
    assert PrivateValue.objects.count() == 0


def test_a_field_is_turned_on_once(kept, chair):
    with pytest.raises(RuleBroken, match=r"^身份证号已经开着了。$"):
        actions.keep_field(field=PrivateField.ID_CARD, reason="又一次", by=chair)


def test_the_value_stands_neither_in_the_table_nor_in_the_audit(kept, chair):
    member = make_member("王某")
    assert actions.change_private(member=member, values={"id_card": ID_CARD}, by=chair) == [
        "id_card"
    ]
    assert actions.change_private(member=member, values={"id_card": ID_CARD}, by=chair) == []
    assert actions.look_at_private(member=member, field="id_card", by=chair) == ID_CARD
    entries = list(AuditEntry.objects.order_by("number").values_list("act", "changes"))
    assert entries[-3:] == [
        ("members.add_member", {"joined": "2020-09-01"}),
        ("members.change_private", {"fields": ["id_card"]}),
        ("members.view_private", {"field": "id_card"}),
    ]
    assert ID_CARD not in PrivateValue.objects.get().sealed


def test_an_emptied_value_is_deleted(kept, chair):
    member = make_member()
    actions.change_private(member=member, values={"id_card": ID_CARD}, by=chair)
    actions.change_private(member=member, values={"id_card": ""}, by=chair)
    assert PrivateValue.objects.count() == 0
    with pytest.raises(RuleBroken, match=f"^没有记{member}的身份证号。$"):
        actions.look_at_private(member=member, field="id_card", by=chair)


def test_turning_a_field_off_deletes_its_values_and_no_others(kept, chair):
    family = actions.keep_field(field=PrivateField.FAMILY, reason=REASON, by=chair)
    for name in ("王某", "李某"):
        values = {"id_card": ID_CARD, "family": "夫 张某"}
        actions.change_private(member=make_member(name), values=values, by=chair)
    assert actions.drop_field(kept=kept, by=chair) == 2
    assert list(PrivateValue.objects.values_list("field", flat=True)) == ["family", "family"]
    assert list(KeptField.objects.all()) == [family]
    last = AuditEntry.objects.first()
    assert (last.act, last.changes["deleted"]) == ("members.drop_field", 2)
