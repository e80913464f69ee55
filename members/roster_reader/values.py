"""One cell → one value of a person, with the sentence that says why it was left out."""

import re
from collections.abc import Callable, Iterable
from datetime import date, time, timedelta

from members.roster_reader.cells import is_formula_text, literal, plain, shown, tidy
from members.roster_reader.columns import bare
from members.roster_reader.dates import (
    BIRTH_YEARS_AGO,
    WORK_YEARS_AGO,
    ReadDate,
    holds_serials,
    read_date,
    years_lead,
)
from members.words import usual

Reader = Callable[[object], tuple[object, str]]  # cell → (value or "", warning or "")

LABELS = {
    "gender": "性别",
    "birth": "出生日期",
    "staff_no": "工号",
    "phone": "手机",
    "ethnicity": "民族",
    "party": "政治面貌",
    "department": "部门",
    "group": "工会小组",
    "title": "职称",
    "post": "职务",
    "status": "状态",
    "joined": "入会时间",
    "campus": "校区",
    "is_teacher": "专任教师",
    "contract": "用工形式",
    "education": "学历",
    "work_began": "参加工作时间",
    "arrived": "到校时间",
    "retirement_line": "退休类别",
    "card_no": "会员证号",
    "hobbies": "特长爱好",
    "area": "居住片区",
    "note": "备注",
}
DATES = {
    "birth": BIRTH_YEARS_AGO,
    "joined": WORK_YEARS_AGO,
    "work_began": WORK_YEARS_AGO,
    "arrived": WORK_YEARS_AGO,
}
# characters that the roster has room for
LONGEST = {
    "ethnicity": 20, "party": 20, "department": 40, "group": 40, "title": 30, "post": 30,
    "campus": 30, "education": 20, "card_no": 30, "hobbies": 100, "area": 40, "note": 200,
}  # fmt: skip
GENDERS = {
    "男": "男", "男性": "男", "男士": "男", "先生": "男", "m": "男", "male": "男", "♂": "男",
    "女": "女", "女性": "女", "女士": "女", "f": "女", "female": "女", "♀": "女",
}  # fmt: skip
GENDER_CODES = {"1": "男", "2": "女"}  # GB/T 2261.1
CODE_BEFORE = re.compile(r"^0?\d[-_.:、)]?(?=\D)")  # 1-男
STATUSES = {
    "在职": "在职 在编 在岗 在编在岗 在岗在编 在职在岗 在职在编 在册 聘用 在聘 合同 合同制 正式 在校",
    "退休": "退休 已退休 退 病退 退休返聘 返聘",
    "离休": "离休 已离休",
    "内退": "内退 内部退养 退养",
    "调出": "调出 已调出 调离 已调离 调走 已调走 转出",
    "离职": "离职 已离职 辞职 已辞职",
    "去世": "去世 已去世 已故 病故 逝世",
}
STATUS_OF = {word: status for status, words in STATUSES.items() for word in words.split()}
YES = frozenset({"是", "y", "yes", "√", "✓", "✔", "1"})
NO = frozenset({"否", "n", "no", "×", "0", "不是"})
ASKING = {"是否在职": {True: "在职"}, "是否退休": {True: "退休", False: "在职"}}
CONTRACTS = {
    "在编": "在编 编内 有编 有编制 事业编 事业编制 事业 正式 正式在编 正式编制 实名编制 行政编制 公办编制 在编在岗 公办",
    "聘用": "聘用 聘用制 合同 合同制 合同工 聘任 校聘 自聘 临聘 外聘 代课 代课教师 编外 编外聘用 编外合同 人事代理 备案制 员额 "
    "员额制 临时聘用 临时工 临时 返聘 雇员 非在编聘用 合同聘用",
    "劳务派遣": "劳务派遣 派遣 劳务 劳务派遣制 派遣制 派遣工",
    "其他": "其他 其它",
}
CONTRACT_OF = {word: kind for kind, words in CONTRACTS.items() for word in words.split()}
RETIREMENT_PARTS = (
    ("55", "55"), ("干部", "55"), ("专技", "55"), ("专业技术", "55"), ("管理", "55"),
    ("50", "50"), ("工人", "50"), ("工勤", "50"),
)  # fmt: skip
BRACKETS = re.compile(r"\(.*?\)")
STAFF_NO = re.compile(r"[0-9A-Za-z][0-9A-Za-z\-_/.]{0,19}")
PHONE = re.compile(r"(?:\+?86|0086)?(1[0-9]{10})")
BETWEEN_PHONES = re.compile(r"[/、,;|]|或")


def reader_for(field: str, header: str, today: date, cells: Iterable = ()) -> Reader:
    """The reader of one column; its heading and all its `cells` say what its values mean where the
    field alone does not."""
    if field in DATES:
        cells = list(cells)
        options = {
            "today": today,
            "month_only": bare(header).endswith("年月"),
            "ago": DATES[field],
            "serials": holds_serials(cells),
            "years_lead": years_lead(cells),
        }
        return lambda cell: _date(cell, LABELS[field], options)
    if field in ASKED:
        return lambda cell: ASKED[field](cell, bare(header))
    if field in READERS:
        return READERS[field]
    return lambda cell: _text(cell, LABELS[field], LONGEST[field])


def _left_out(label: str, cell, why: str) -> tuple[str, str]:
    return "", f"{label}“{shown(cell)[:30]}”{why}，没有读入"


def _date(cell, label: str, options: dict) -> tuple[ReadDate | str, str]:
    found = read_date(literal(cell), **options)
    if found.day:
        return found, found.problem and f"{label}“{shown(cell)}”{found.problem}"
    return _left_out(label, cell, found.problem) if found.problem else ("", "")


def _gender(cell) -> tuple[str, str]:
    word = BRACKETS.sub("", plain(cell)).lower().rstrip("。.,、;")
    word = CODE_BEFORE.sub("", word)
    if word in GENDER_CODES:
        gender = GENDER_CODES[word]
        return gender, f"性别“{word}”按国家标准代码读成{gender}"
    if word in GENDERS or not tidy(cell):
        return GENDERS.get(word, ""), ""
    return _left_out("性别", cell, "看不出是男是女")


def status_word(text) -> str:
    """在职, 退休, 离休, 内退, 调出, 离职 or 去世 for any of their usual words, else ""."""
    return STATUS_OF.get(BRACKETS.sub("", plain(text)), "")


def _status(cell, header: str) -> tuple[str, str]:
    answers, word = ASKING.get(header, {}), plain(cell).lower()
    status = status_word(cell)
    if not status and answers and word in YES | NO:
        status = answers.get(word in YES, "")
    if status or not tidy(cell):
        return status, ""
    return _left_out("状态", cell, "不认识")


def _phone(cell) -> tuple[str, str]:
    if isinstance(cell, str) and PHONE.fullmatch(cell):
        return cell[-11:], ""
    text = plain(literal(cell)).removesuffix(".0")
    numbers = [re.sub(r"[-—–()·.]", "", part) for part in BETWEEN_PHONES.split(text)]
    matches = [match[1] for number in numbers if (match := PHONE.fullmatch(number))]
    if matches:
        more = len([number for number in numbers if number]) > 1
        return matches[0], f"手机有几个，读了{matches[0]}" if more else ""
    return _left_out("手机", cell, "不是11位手机号") if tidy(cell) else ("", "")


def _staff_no(cell) -> tuple[str, str]:
    if isinstance(cell, str) and STAFF_NO.fullmatch(cell):
        return cell, ""
    text = plain(literal(cell)).lstrip("'")
    if STAFF_NO.fullmatch(text):
        return text, ""
    return _left_out("工号", cell, "不像工号") if tidy(cell) else ("", "")


def _note(cell) -> tuple[str, str]:
    return _text(cell, LABELS["note"], LONGEST["note"])


def _teacher(cell, header: str) -> tuple[str, str]:
    """是 or 否; under “专任教师” any other mark of it means 是."""
    word = plain(cell).lower()
    if word in YES or word in ("专任", "专任教师"):
        return "是", ""
    if word in NO or word in ("非专任", "非专任教师"):
        return "否", ""
    return _left_out("专任教师", cell, "看不出是不是") if tidy(cell) else ("", "")


def _contract(cell, header: str) -> tuple[str, str]:
    word = BRACKETS.sub("", plain(cell)).lower()
    if word in YES and header.startswith("是否"):
        return "在编", ""
    if word in CONTRACT_OF or not tidy(cell):
        return CONTRACT_OF.get(word, ""), ""
    return _left_out("用工形式", cell, "看不出是哪一种")


def _retirement_line(cell) -> tuple[str, str]:
    """A woman's line of the table; 60 is every man's, and says nothing more."""
    word = plain(cell).replace("周岁", "岁").removesuffix("岁")
    found = {line for part, line in RETIREMENT_PARTS if part in word}
    if len(found) == 1:
        return found.pop(), ""
    if word.endswith("60") or not tidy(cell):
        return "", ""
    return _left_out("退休类别", cell, "看不出是50岁还是55岁")


def _party(cell) -> tuple[str, str]:
    return _usual("party", cell)


def _ethnicity(cell) -> tuple[str, str]:
    return _usual("ethnicity", cell)


def _usual(field: str, cell) -> tuple[str, str]:
    text, warning = _text(cell, LABELS[field], LONGEST[field])
    return usual(field, text), warning


def _text(cell, label: str, longest: int) -> tuple[str, str]:
    text = shown(cell) if label == LABELS["note"] and tidy(cell) else tidy(literal(cell))
    if not text:
        return "", ""
    if is_formula_text(text.removeprefix("'")):  # our own exports make formulas harmless so
        return _left_out(label, cell, "是公式")
    if isinstance(cell, bool | date | time | timedelta):
        return _left_out(label, cell, "不是文字")
    if len(text) > longest:
        return _left_out(label, cell, f"超过{longest}字")
    return text, ""


ASKED: dict[str, Callable[[object, str], tuple[str, str]]] = {
    "status": _status,
    "is_teacher": _teacher,
    "contract": _contract,
}
READERS: dict[str, Reader] = {
    "retirement_line": _retirement_line,
    "gender": _gender,
    "phone": _phone,
    "staff_no": _staff_no,
    "note": _note,
    "party": _party,
    "ethnicity": _ethnicity,
}
