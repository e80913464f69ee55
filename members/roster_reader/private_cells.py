"""身份证号, 银行卡号 and 家庭成员 of a roster, where the office keeps them: sealed as soon as a cell is
read. What a sentence says about one never holds any of it."""

from members.choices import Gender, PrivateField
from members.private import birth_of, clean_value, gender_of, seal
from members.roster_reader.cells import is_formula_text, literal, shown, tidy
from members.rules import compatible
from unionoffice.errors import RuleBroken
from unionoffice.periods import Precision

EXACT = 2**53  # Excel keeps the last digits of no larger number


def read_private(field: str, cell, values: dict) -> tuple[str, str]:
    """(the value sealed or "", what is wrong or ""). `values`: what else the row says of the person.

    Raises RuleBroken when there is no key to seal with.
    """
    label = PrivateField(field).label
    if isinstance(cell, float) and cell >= EXACT:
        return "", f"{label}在表里存成了数字，后几位已经不准，没有读入；把那一列设成文本重填"
    text = shown(literal(cell)).lstrip("'’")
    if not tidy(text):
        return "", ""
    if is_formula_text(text):
        return "", f"{label}是公式，没有读入"
    try:
        value = clean_value(field, text)
    except RuleBroken:
        return "", f"{label}不像{label}，没有读入"
    return seal(value), _doubt(field, value, values)


def _doubt(field: str, value: str, values: dict) -> str:
    if field != PrivateField.ID_CARD:
        return ""
    birth, sex = values.get("birth"), values.get("gender")
    day = Precision.DAY
    if birth and not compatible(birth_of(value), day, birth, values["birth_precision"]):
        return "身份证号里的出生日期和表里写的不一样"
    if sex and Gender(gender_of(value)).label != sex:
        return "身份证号里的性别和表里写的不一样"
    return ""
