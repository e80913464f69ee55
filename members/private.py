"""身份证号, 银行卡号, 家庭成员: what a right value is, how it is shown, and how it is sealed.

Sealed with a key that stands in a file of its own, DATA_DIR/private_key, which only the program may
read. No backup holds it: a backup that gets lost gives none of these values away. The file may hold
several keys, one a line: the first seals, all of them open.
"""

import os
import re
import unicodedata
from collections.abc import Collection
from datetime import date
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from members.choices import Gender, PrivateField
from members.rules import compatible
from unionoffice.backups import PRIVATE_KEY
from unionoffice.errors import RuleBroken
from unionoffice.periods import Precision
from unionoffice.roles import Role

LONGEST_FAMILY = 500  # characters
HIDDEN = "*"
ID_CARD = re.compile(r"\d{17}[\dX]")
OLD_ID_CARD = re.compile(r"\d{15}")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643
CHECK_SIGNS = "10X98765432"
BANK_ACCOUNT = re.compile(r"\d{12,19}")


# ------------------------------------------------------------------ values
def clean_value(field: str, text: str) -> str:
    """The value as it is kept. Raises RuleBroken when it can't be one."""
    if field == PrivateField.FAMILY:
        return _family(text)
    plain = re.sub(r"[\s\-—–]", "", unicodedata.normalize("NFKC", text)).upper()
    return plain and (_id_card if field == PrivateField.ID_CARD else _bank_account)(plain)


def _family(text: str) -> str:
    if len(text := text.strip()) > LONGEST_FAMILY:
        raise RuleBroken(f"家庭成员最多 {LONGEST_FAMILY} 字，现在有 {len(text)} 字，删短一点。")
    return text


def _id_card(number: str) -> str:
    if OLD_ID_CARD.fullmatch(number):
        raise RuleBroken("这是 15 位的老号码，2013 年起不能用了，填 18 位的。")
    if not ID_CARD.fullmatch(number):
        raise RuleBroken("身份证号是 18 位：17 位数字，最后一位是数字或 X，核对一下。")
    if number[-1] != _check_sign(number):
        raise RuleBroken("身份证号的最后一位和前面的对不上，有一位写错了，核对一下。")
    if birth_of(number) is None:
        raise RuleBroken(f"身份证号里的出生日期 {number[6:14]} 不存在，核对一下。")
    return number


def _check_sign(number: str) -> str:
    return CHECK_SIGNS[sum(int(n) * w for n, w in zip(number, WEIGHTS, strict=False)) % 11]


def birth_of(id_card: str) -> date | None:
    try:
        return date(int(id_card[6:10]), int(id_card[10:12]), int(id_card[12:14]))
    except ValueError:
        return None


def gender_of(id_card: str) -> str:
    return Gender.MALE if int(id_card[16]) % 2 else Gender.FEMALE


def _bank_account(number: str) -> str:
    if not BANK_ACCOUNT.fullmatch(number):
        raise RuleBroken("银行卡号是 12 到 19 位数字，核对一下。")
    return number


def doubts(field: str, value: str, member) -> list[str]:
    """What speaks against a value, in sentences; it may be kept all the same."""
    if field == PrivateField.ID_CARD and value:
        return _id_card_doubts(value, member)
    if field == PrivateField.BANK_ACCOUNT and value and not _luhn(value):
        return ["银行卡号没有通过校验，多半有一位写错了；存折的账号可以不管这一句。"]
    return []


def _id_card_doubts(number: str, member) -> list[str]:
    found = []
    birth = birth_of(number)
    if member.birth and not compatible(birth, Precision.DAY, member.birth, member.birth_precision):
        found.append(f"身份证号里的出生日期是 {birth}，资料里写的是 {member.birth_text}。")
    if member.gender and member.gender != gender_of(number):
        gender = Gender(gender_of(number)).label
        found.append(f"身份证号里的性别是{gender}，资料里写的是{member.get_gender_display()}。")
    return found


def _luhn(number: str) -> bool:
    digits = [int(n) * (1 + place % 2) for place, n in enumerate(reversed(number))]
    return sum(n - 9 * (n > 9) for n in digits) % 10 == 0


def masked(field: str, value: str) -> str:
    """3301**********1234: enough to tell one from another. Of the family nothing is shown."""
    if field == PrivateField.FAMILY:
        return "已记"
    return f"{value[:4]}{HIDDEN * (len(value) - 8)}{value[-4:]}"


# ------------------------------------------------------------------ who
ALL_FIELDS = frozenset(PrivateField.values)
SEEN_BY = {
    Role.CHAIR: ALL_FIELDS,
    Role.ORGANISATION: ALL_FIELDS,
    Role.TREASURER: frozenset({PrivateField.BANK_ACCOUNT}),
}


def fields_for(roles: Collection[Role]) -> frozenset[str]:
    """The private fields of others that someone with these roles may see."""
    return frozenset().union(*(SEEN_BY.get(role, ()) for role in roles))


# ------------------------------------------------------------------ sealing
def seal(value: str) -> str:
    """Raises RuleBroken when there is no key."""
    return _keys().encrypt(value.encode()).decode()


def unseal(sealed: str) -> str:
    """Raises RuleBroken when the key is not there or is another one."""
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise RuleBroken(
            f"这一项打不开：{key_file()} 不是当时的密钥。把原来的密钥文件放回去。"
        ) from None


def seals_the_same(one: str, other: str) -> bool:
    """Whether two sealed values are equal; what can't be opened equals nothing."""
    try:
        return unseal(one) == unseal(other)
    except RuleBroken:
        return False


def key_file() -> Path:
    return Path(settings.DATA_DIR, PRIVATE_KEY)


def has_key() -> bool:
    return key_file().exists()


def make_key() -> None:
    """A new key, unless there is one already."""
    try:
        handle = os.open(key_file(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "wb") as file:
        file.write(Fernet.generate_key() + b"\n")


def _keys() -> MultiFernet:
    try:
        return MultiFernet([Fernet(line) for line in key_file().read_text().split()])
    except (OSError, ValueError):
        raise RuleBroken(
            f"密钥文件 {key_file()} 不在或读不出来，身份证号这些打不开。把它放回去。"
        ) from None
