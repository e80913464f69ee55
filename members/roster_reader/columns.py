"""Which field of a person a heading stands for."""

import re
from dataclasses import dataclass

from members.roster_reader.cells import plain

# Field → headings, the most exact first: of two columns for one field the earlier word wins.
# Headings are compared without white space, brackets and punctuation, in lower case.
WORDS = {
    "name": "姓名 名字 name fullname",
    "gender": "性别 男女 gender sex",
    "birth": "出生日期 出生年月日 出生年月 出生时间 公历生日 生日 出生 出生日 出生年份 出生年 "
    "出生年月日期 出生月份 出生日月 birthday birthdate dateofbirth birth",
    "staff_no": "工号 职工号 教工号 教职工号 工作证号 职工编号 教工编号 教职工编号 员工号 员工编号 "
    "教师编号 人事编号 人员编号 staffno employeeid",
    "phone": "手机号码 手机号 手机 移动电话 本人手机 联系手机 手机电话 电话手机 联系电话手机 联系电话 "
    "电话号码 电话 联系方式 本人电话 mobile phone tel",
    "ethnicity": "民族 族别 ethnicity",
    "party": "政治面貌 政治面目 党派",
    "department": "部门 部门名称 部门科室 部门教研组 部门年级 department 所在部门 所属部门 现部门 工作部门 "
    "科室 所在科室 所属科室 处室 所在处室 科室部门 部处 教研组 所在教研组 所属教研组 学科组 科组 组室 所在组 教研组年级组 "
    "年级组 所在年级组 备课组 年级部 年级 院系 所在院系 学院 所在学院 系部 学部 所在单位 所属单位 单位部门 "
    "教学部 部室 科处室 工作单位 单位 组别 dept division office",
    "group": "工会小组 所属工会小组 所在工会小组 工会小组名称 小组 所属小组 所在小组 小组名称 分工会 "
    "所在分工会 所属分工会 工会分会 分会 所属分会 基层工会 所属工会",
    "campus": "校区 所在校区 所属校区 任教校区 工作校区 分校 园区 所在园区 campus",
    "is_teacher": "专任教师 是否专任教师 是否为专任教师 是否专任 专任",
    "contract": "用工形式 用工性质 用工方式 用工类型 编制 编制类型 编制性质 编制情况 编制类别 人员编制 是否在编 "
    "在编情况 在编与否 是否有编 聘用形式 聘用方式 聘用类型",
    "education": "学历 最高学历 文化程度 学历层次 最后学历 现有学历 学历情况 education",
    "work_began": "参加工作时间 参加工作日期 参加工作年月 参加工作年月日 参加工作 参工时间 参工日期 参工年月 "
    "工作时间 开始工作时间 首次参加工作时间",
    "arrived": "到校时间 到校日期 到校年月 进校时间 进校日期 进校年月 来校时间 来校日期 来校年月 入校时间 入校日期 "
    "入校年月 调入时间 调入日期 入职时间 入职日期 入职年月 到岗时间 到园时间 入园时间 来校工作时间 到校工作时间 "
    "到本校时间 进入本校时间 何时到校",
    "retirement_line": "退休类别 退休类型 退休年龄 法定退休年龄 原退休年龄 原法定退休年龄 退休年龄类别 退休身份",
    "card_no": "会员证号 会员证编号 会员证号码 工会会员证号 工会会员证编号 会员证 工会会员证 工会证号 会员编号 会员号",
    "hobbies": "特长爱好 爱好特长 特长 爱好 兴趣爱好 个人特长 个人爱好 文体特长 文体爱好 兴趣特长 特长兴趣 特长或爱好 "
    "爱好及特长 特长及爱好 爱好和特长 特长和爱好",
    "area": "居住片区 家庭住址片区 家庭住址所在片区 住址片区 片区 所在片区 所属片区 居住片 居住区域 居住地片区 居住地区 "
    "居住所在片区",
    "title": "职称 专业技术职务 专业技术职称 技术职称 现任职称 职称等级 专业技术资格 专业职称",
    "post": "职务 现任职务 担任职务 行政职务 党政职务 职位 任职 岗位 工作岗位 现岗位 岗位名称 工会职务",
    "status": "状态 在职状态 人员状态 在职退休 退休在职 在退休 在岗退休 是否在职 是否退休 在职情况 在岗情况 "
    "在岗状态 会员状态 会籍状态 在职否 在职与否 人员类别 人员类型 人员性质 类别 status",
    "joined": "入会时间 入会日期 入会年月 入会年月日 入会 加入工会时间 加入工会日期 加入工会年月 加入时间",
    "note": "备注 备考 备注说明 其他说明 附注 说明 note remark remarks",
    "index": "序号 编号 序 号 次序 行号 顺序号 序列号 no 例 #",
}
LOOKUP = {
    word: (field, rank) for field, words in WORDS.items() for rank, word in enumerate(words.split())
}
# Read only when no exact word fits, in this order.
PARTS = (
    ("性别", "gender"),
    ("出生", "birth"),
    ("工号", "staff_no"),
    ("手机", "phone"),
    ("政治面", "party"),
    ("民族", "ethnicity"),
    ("入会", "joined"),
    ("参加工作", "work_began"),
    ("到校", "arrived"),
    ("进校", "arrived"),
    ("来校", "arrived"),
    ("会员证", "card_no"),
    ("校区", "campus"),
    ("学历", "education"),
    ("特长", "hobbies"),
    ("片区", "area"),
    ("工会小组", "group"),
    ("分工会", "group"),
    ("职称", "title"),
    ("部门", "department"),
    ("科室", "department"),
    ("教研组", "department"),
    ("年级组", "department"),
)
LOOSE_RANK = 99
LONGEST_LOOSE = 12  # characters without brackets
LONGEST_HEADING = 60  # with them
WHOSE = re.compile(r"^(教职员工|教职工|教工|教师|老师|职工|工会会员|会员|员工|人员|成员|本人)(?=.)")
LATIN = re.compile("[a-z]+")  # 姓名 Name
WHERE = re.compile("^(?:现?所在|现?所属|所隶属|隶属|任教|任职|归属)(?:的)?(?=..)")  # 所在系部
PLACES = frozenset({"department", "group", "campus", "area"})
SEVERAL = re.compile(r"[/、\\|]|或者|或|及")  # 部门/学院
# one of three columns that hold a birth together, under 出生日期 or by its own heading
BIRTH_PART = re.compile("出生(?:日期|时间|年月(?!日$)|年月日)?(年|月|日)份?")
OTHER_PERSON = re.compile(
    "配偶|爱人|子女|孩子|父|母亲|家属|家庭|亲属|紧急|联系人|推荐|介绍人|证明人|户主|监护|受益"
)
ABOUT_SOMETHING_ELSE = re.compile(
    "地|曾用|拼音|英文|签|领|经办|负责|审批|是否|短号|照片|档案|号码?牌|单价|人数"
)
ABOUT_A_TIME = re.compile("时间|日期|年月|编号|证|电话|级别")
TIME_FIELDS = frozenset({"birth", "joined", "work_began", "arrived"})
PRIVATE = re.compile("身份证|证件号|银行|卡号|工资|住址|户口|籍贯|家庭|配偶|子女|病|健康")
# read only where the office has turned the field on, and never told but as sealed
PRIVATE_WORDS = {
    "id_card": "身份证号 身份证号码 身份证 身份证件号 身份证件号码 公民身份号码 公民身份证号 居民身份证号 "
    "居民身份证号码 证件号 证件号码 身份号码",
    "bank_account": "银行卡号 银行卡 银行卡账号 银行账号 银行账户 银行帐号 工资卡号 工资卡 工资卡账号 卡号 收款账号",
    "family": "家庭成员 家庭成员情况 家庭成员信息 主要家庭成员 家庭情况 家属情况",
}
PRIVATE_LOOKUP = {word: field for field, words in PRIVATE_WORDS.items() for word in words.split()}
INSTRUCTION = re.compile("(?<=..)(?:格式|例如|例:|如[:12]|请填|填写|下拉|必填|选填|写到).*")
# a heading typed with a traditional keyboard
SIMPLER = str.maketrans(
    "別門號職稱電話聯絡組會員時間業學歷務貌註編黨處單機區狀態",
    "别门号职称电话联络组会员时间业学历务貌注编党处单机区状态",
)
BRACKETS = re.compile(r"\(.*?\)|\[.*?\]|【.*?】|〔.*?〕")
PUNCTUATION = re.compile(r"[*:;,.!?/\\、|\-_—~&+\"'“”<>《》※★]|或者|或")


@dataclass(frozen=True)
class Heading:
    field: str
    rank: int  # 0 is the plainest word for the field


def bare(text) -> str:
    """A heading without brackets, punctuation and white space."""
    words = plain(text).lower().translate(SIMPLER)
    return PUNCTUATION.sub("", INSTRUCTION.sub("", BRACKETS.sub("", words) or words))


def recognise(text) -> Heading | None:
    """What a heading stands for; None for one that the roster has no use for."""
    return exactly(text) or _loosely(text)


def exactly(text) -> Heading | None:
    word = bare(text) if isinstance(text, str) and len(text) <= LONGEST_HEADING else ""
    spellings = (word, WHOSE.sub("", word), LATIN.sub("", word))
    found = next((Heading(*LOOKUP[one]) for one in spellings if one in LOOKUP), None)
    return found or (_a_place(text, word) if word else None)


def _a_place(text: str, word: str) -> Heading | None:
    """所在系部, or several words for one kind of place: 处室、年级组."""
    parts = [WHERE.sub("", WHOSE.sub("", bare(part))) for part in SEVERAL.split(plain(text))]
    words = [WHERE.sub("", word)] if len(parts) == 1 else parts
    fields = {LOOKUP.get(one, ("", 0)) for one in words}
    names = {field for field, _ in fields}
    if len(names) == 1 and names <= PLACES:
        return Heading(names.pop(), max(rank for _, rank in fields))
    return None


def birth_part(text: str) -> str:
    """年, 月 or 日 for a heading such as 出生年 or 出生日期 over 年; "" for any other."""
    match = BIRTH_PART.fullmatch(bare(text))
    return match[1] if match else ""


def _loosely(text) -> Heading | None:
    word = bare(text) if isinstance(text, str) and len(text) <= LONGEST_HEADING else ""
    if len(word) > LONGEST_LOOSE or is_another_person(word) or ABOUT_SOMETHING_ELSE.search(word):
        return None
    field = next((field for part, field in PARTS if part in word), None)
    if field and (field in TIME_FIELDS | {"card_no"} or not ABOUT_A_TIME.search(word)):
        return Heading(field, LOOSE_RANK)
    return None


def is_another_person(text: str) -> bool:
    """A heading about the family or a contact: their data are none of the roster's business."""
    return bool(OTHER_PERSON.search(text))


def is_private(text: str) -> bool:
    return bool(PRIVATE.search(bare(text)))


def private_field(text: str) -> str:
    """id_card, bank_account or family; "" for any other heading."""
    word = bare(text)
    return PRIVATE_LOOKUP.get(word) or PRIVATE_LOOKUP.get(WHOSE.sub("", word), "")
