"""The name in a cell, cleaned of what people write around it."""

import re
import unicodedata
from datetime import date, time, timedelta
from typing import NamedTuple

from members.roster_reader.cells import PLACEHOLDERS, is_formula_text, shown
from members.roster_reader.columns import LOOKUP

PLAIN = re.compile("[\u4e00-\u9fff]{2,4}")
DOTS = re.compile("[•・‧∙⋅◦●]|(?<=[^\\W\\da-zA-Z])\\.(?=[^\\W\\da-zA-Z])")
REMARK = re.compile(r"[(\[【〔]([^)\]】〕]*)[)\]】〕]?")
MARKS = "*★☆△▲○◎※#√✓、,;"
CHINESE = "[\u3007\u3400-\u9fff\ue000-\uf8ff\U00020000-\U0003ffff]"  # rare ones in private areas
HAN = re.compile(CHINESE)
INNER_BLANK = re.compile(f"(?<={CHINESE}) | (?={CHINESE})")
NOBODY_WORDS = (
    "同上 以上 以下 完 结束 空缺 空 缺 待定 待聘 若干 男 女 先生 女士 人数 总数 平均 其他 外聘 保密 某某 某某某 本人 无名 "
    "暂缺 缺编 岗位空缺 人员 教师 教职工 名单 姓名 合计 小计 总计 汇总"
)
NOBODY = frozenset(NOBODY_WORDS.split())
# 女教师 5, 平均年龄 41: counts below the people
COUNTED = re.compile(
    "(?:教师|人员|职工|人数|年龄|党员|会员|干部|领导|编制|统计|比例|在编|编外|在职|在岗|退休|离休|内退|调出)$"
)
LONGEST = 40
LONGEST_CHINESE = 10  # without a dot between its parts
COMPOUND_SURNAMES = frozenset(
    re.findall("..", "欧阳司马上官诸葛皇甫尉迟公孙慕容令狐司徒长孙宇文东方夏侯端木司空南宫轩辕独孤")
)


class ReadName(NamedTuple):
    name: str = ""
    remark: str = ""  # what stood in brackets behind the name
    refusal: str = ""


def read_name(cell) -> ReadName:
    if isinstance(cell, str):
        return ReadName(cell) if _is_plain(cell) else _from_text(cell)
    if isinstance(cell, date | time | timedelta):
        return ReadName(refusal="姓名是日期")
    return ReadName(refusal="姓名是数字")


def _is_plain(cell: str) -> bool:
    """Nearly all of them: a few characters that are nothing but a name."""
    no_name = cell in LOOKUP or cell in NOBODY or COUNTED.search(cell)
    return bool(PLAIN.fullmatch(cell)) and not no_name


def _from_text(cell: str) -> ReadName:
    text = unicodedata.normalize("NFKC", shown(cell))
    if text in PLACEHOLDERS:
        return ReadName(refusal="缺姓名")
    if is_formula_text(text):
        return ReadName(refusal="姓名是公式")
    remarks = [remark.strip() for remark in REMARK.findall(text) if remark.strip()]
    name = DOTS.sub("·", REMARK.sub("", text).strip(MARKS + " "))
    name = re.sub(r" ?· ?", "·", name).strip("·")
    refusal = _two_people(cell) or _refusal(name)
    return ReadName(INNER_BLANK.sub("", name), "；".join(remarks), refusal)


def _refusal(name: str) -> str:
    if not name:
        return "缺姓名"
    if name in LOOKUP:
        return "表头行"
    if name in NOBODY or COUNTED.search(name):
        return "不是姓名"
    if all(c.isdigit() or c in ".-/ " for c in name):
        return "姓名是数字"
    strange = next((c for c in name if not _belongs(c)), "")
    if strange:
        return "姓名里有数字" if strange.isdigit() else f"姓名里有“{strange}”"
    is_chinese = "·" not in name and HAN.search(name)
    return "姓名太长" if len(name) > (LONGEST_CHINESE if is_chinese else LONGEST) else ""


def _belongs(character: str) -> bool:
    """A letter of any script, also from a private area where rare characters are kept."""
    if character in "·. -'’":
        return True
    return unicodedata.category(character) in ("Lu", "Ll", "Lt", "Lo", "Lm", "Mn", "Mc", "Nl", "Co")


def _two_people(cell: str) -> str:
    """A line break between two whole names; one inside a name only wraps it."""
    lines = ["".join(line.split()) for line in cell.splitlines() if line.strip()]
    whole = len(lines) > 1 and all(2 <= len(line) <= 3 for line in lines)
    return "一格里写了几个人" if whole and lines[0] not in COMPOUND_SURNAMES else ""
