"""身份证号 and the like in a roster file: sealed from the first cell on, landed, taken back."""

import json

import pytest

from members import actions, private
from members.choices import PrivateField
from members.importers import known_roster, plan_roster, reading_from_json
from members.models import Member, PrivateValue, RosterImport
from members.roster_reader import read_roster
from tests.factories.members import make_member, make_roster_file, make_user
from tests.factories.rosters import people, xlsx
from tests.members.test_import_views import NEW, confirm, upload
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.roles import Role

ID_CARD = "11010519491231002X"  # the example of GB 11643
OTHER = "110101199003070038"
REASON = "市总工会互助保障要按身份证号登记"
HEADER = ["姓名", "工号", "性别", "出生日期", "身份证号码", "银行卡号"]
PLACES = ("reading", "landed", "choices")


@pytest.fixture
def chair(office):
    return make_user(Role.CHAIR)


@pytest.fixture
def kept(chair):
    return actions.keep_field(field=PrivateField.ID_CARD, reason=REASON, by=chair)


def roster(*rows) -> bytes:
    return xlsx(HEADER, *rows)


def keep(content: bytes, by, fields=("id_card",)) -> RosterImport:
    reading = read_roster("名册.xlsx", content, fields)
    return actions.keep_reading(file_name="名册.xlsx", reading=reading, by=by)


def plan_of(imported):
    return plan_roster(reading_from_json(imported.reading), known_roster())


def land(imported, by) -> RosterImport:
    print_ = plan_of(imported).fingerprint
    return actions.land_roster(roster_import=imported, fingerprint=print_, by=by)


def values() -> dict:
    rows = PrivateValue.objects.order_by("member__name").select_related("member")
    return {(row.member.name, row.field): private.unseal(row.sealed) for row in rows}


def whole_office() -> str:
    """Everything that an import writes down, as text."""
    imports = list(RosterImport.objects.values_list(*PLACES))
    audit = list(AuditEntry.objects.values_list("act", "changes"))
    return json.dumps([imports, audit], default=str, ensure_ascii=False)


NEW_PEOPLE = (["甲一", "1", "女", "1949-12-31", ID_CARD, "6222021234567890128"],)


def test_a_kept_reading_holds_no_value_in_plain_text(kept, chair):
    imported = keep(roster(*NEW_PEOPLE), chair)
    row = imported.reading["accepted"][0]
    assert private.unseal(row["private"]["id_card"]) == ID_CARD
    assert list(row["private"]) == ["id_card"]
    text = whole_office()
    assert ID_CARD not in text
    assert "6222021234567890128" not in text
    assert imported.reading["ignored_columns"] == ["银行卡号"]


def test_what_is_not_kept_is_not_read_and_said(office):
    reading = read_roster("名册.xlsx", roster(*NEW_PEOPLE))
    assert reading.accepted[0].private == ()
    assert reading.ignored_columns == ("身份证号码", "银行卡号")
    assert reading.warnings == ("“身份证号码、银行卡号”涉及个人隐私，名册用不上，没有读取。",)


def test_values_of_new_and_known_people_land_and_go_again(kept, chair):
    known = make_member("乙二", staff_no="2")
    actions.change_private(member=known, values={"id_card": OTHER}, by=chair)
    make_member("丙三", staff_no="3")
    before = sorted(PrivateValue.objects.values_list())
    imported = keep(
        roster(
            *NEW_PEOPLE,
            ["乙二", "2", "", "", ID_CARD, ""],
            ["丙三", "3", "", "", f" {OTHER[:6]} {OTHER[6:]}", ""],
        ),
        chair,
    )
    land(imported, chair)
    assert values() == {
        ("甲一", "id_card"): ID_CARD,
        ("乙二", "id_card"): ID_CARD,
        ("丙三", "id_card"): OTHER,
    }
    assert AuditEntry.objects.first().changes["private"] == {"id_card": 3}
    imported.refresh_from_db()
    assert all(not row.get("private") for row in imported.reading["accepted"])
    actions.undo_import(roster_import=imported, by=chair)
    assert sorted(PrivateValue.objects.values_list()) == before
    last = AuditEntry.objects.first()
    assert (last.act, last.changes) == ("members.undo_import", {"private": {"id_card": 3}})
    assert ID_CARD not in whole_office()
    assert OTHER not in whole_office()


def test_the_same_value_again_changes_nothing(kept, chair):
    land(keep(roster(*NEW_PEOPLE), chair), chair)
    plan = plan_of(keep(roster(*NEW_PEOPLE), chair))
    assert (plan.landing, plan.rows[0].changes) == (0, ())


def test_a_value_can_be_left_as_it_is_for_everyone(kept, chair):
    member = make_member("甲一", staff_no="1")
    imported = keep(roster(["甲一", "1", "女", "", ID_CARD, ""]), chair)
    assert plan_of(imported).kinds == {"gender": 1, "id_card": 1}
    change = plan_of(imported).rows[0].changes[1]
    assert (change.label, change.old_text, change.new_text) == ("身份证号", "", "表里的（不显示）")
    assert not member.private_values.exists()


def test_a_value_changed_by_hand_since_keeps_the_import(kept, chair):
    imported = land(keep(roster(*NEW_PEOPLE), chair), chair)
    member = Member.objects.get(name="甲一")
    actions.change_private(member=member, values={"id_card": OTHER}, by=chair)
    with pytest.raises(RuleBroken, match="导入以后改过甲一的资料"):
        actions.undo_import(roster_import=imported, by=chair)


def test_turning_the_field_off_takes_the_values_out_of_imports_too(kept, chair):
    known = make_member("乙二", staff_no="2")
    actions.change_private(member=known, values={"id_card": OTHER}, by=chair)
    landed = land(keep(roster(["乙二", "2", "", "", ID_CARD, ""]), chair), chair)
    waiting = keep(roster(*NEW_PEOPLE), chair)
    assert landed.landed["changed"]["privatevalue"]
    assert actions.drop_field(kept=kept, by=chair) == 1
    landed.refresh_from_db()
    waiting.refresh_from_db()
    assert landed.landed["changed"]["privatevalue"] == []
    assert not waiting.reading["accepted"][0]["private"]
    land(waiting, chair)
    assert not PrivateValue.objects.exists()
    assert Member.objects.filter(name="甲一").exists()


@pytest.mark.parametrize(
    ("card", "warning"),
    [
        ("110105194912310021", "身份证号不像身份证号，没有读入"),
        (110105194912310020.0, "身份证号在表里存成了数字，后几位已经不准，没有读入；把那一列设成文本重填"),
        ("=A1", "身份证号是公式或合并的一格，没有读入"),
        (OTHER, "身份证号里的出生日期和表里写的不一样"),
    ],
)  # fmt: skip
def test_a_doubtful_number_is_told_without_it(kept, card, warning):
    row = ["甲一", "1", "女", "1949-12-31", card, ""]
    reading = read_roster("名册.xlsx", roster(row), ["id_card"])
    assert reading.accepted[0].warnings == (warning,)
    assert bool(reading.accepted[0].private) == (card == OTHER)


def test_only_who_may_keep_such_values_brings_them_in(kept, log_in, chair):
    upload(log_in(Role.VICE_CHAIR), roster(*NEW_PEOPLE))
    assert "private" not in RosterImport.objects.get().reading["accepted"][0]
    imported = keep(roster(*NEW_PEOPLE), chair)
    vice = make_user(Role.VICE_CHAIR)
    with pytest.raises(RuleBroken, match="表里有身份证号，这几样由主席或组织委员记"):
        land(imported, vice)
    assert not PrivateValue.objects.exists()


def test_the_page_shows_that_there_is_a_value_and_not_which(kept, log_in):
    client = log_in(Role.CHAIR)
    assert "加密收下" in client.get(NEW).text
    upload(client, roster(*NEW_PEOPLE))
    imported = RosterImport.objects.get()
    page = client.get(imported.get_absolute_url())
    assert "身份证号（不显示）" in page.text
    assert ID_CARD not in page.text
    assert ID_CARD[-4:] not in page.text
    confirm(client, imported)
    assert values() == {("甲一", "id_card"): ID_CARD}


def test_without_the_key_the_file_is_refused_in_a_sentence(kept, log_in):
    private.key_file().unlink()
    response = upload(log_in(Role.CHAIR), roster(*NEW_PEOPLE))
    assert response.status_code == 422
    assert "密钥文件" in response.text


def test_the_columns_of_the_family_and_the_bank_are_known_by_their_usual_words(chair):
    for field in ("bank_account", "family"):
        actions.keep_field(field=field, reason=REASON, by=chair)
    content = make_roster_file({"姓名": "甲一", "性别": "女", "工资卡号": "6222 0212 3456 7890 128",
                                "家庭成员": "父 甲某"})  # fmt: skip
    row = read_roster("名册.xlsx", content, ["bank_account", "family"]).accepted[0]
    found = {field: private.unseal(sealed) for field, sealed in row.private}
    assert found == {"bank_account": "6222021234567890128", "family": "父 甲某"}
    assert people(content) == [(2, "甲一", "女", "")]
