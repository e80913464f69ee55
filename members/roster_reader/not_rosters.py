"""Sheets that are no rosters though they may name people: ledgers, score sheets, plans."""

import re
from datetime import date

from members.roster_reader.cells import plain, shown
from members.roster_reader.columns import bare, is_another_person, recognise
from members.roster_reader.dates import BIRTH_YEARS_AGO, read_date
from members.roster_reader.header import Block, Table
from members.roster_reader.sheets import Grid

MARKS = {
    "记账表": "收入 支出 金额 余额 结余 借方 贷方 摘要 凭证号 会计科目 经办人 报销人 收支 收支项目 单价 票据号 发票号 "
    "记账日期 实发 应发 实发金额 应发金额 领款人 领取人 发放金额 慰问金 慰问金额 "
    "报销金额 付款方式 收款人 付款人 收款金额 付款金额 本期收入 本期支出 收入金额 支出金额 期初余额 期末余额 借 贷 科目 "
    "对方科目 用途 事由 慰问事由 慰问品 慰问形式 借款金额 还款金额 预算金额 决算金额 累计支出",
    "会费表": "应交 实交 应缴 实缴 欠缴 会费 会费金额 应交会费 实交会费 应缴会费 实缴会费 缴纳金额 缴费金额 缴费月份 月会费 "
    "会费基数 缴费基数 缴费时间 1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月 一月 二月 三月 四月 五月 六月 "
    "七月 八月 九月 十月 十一月 十二月",
    "工资表": "基本工资 岗位工资 薪级工资 绩效工资 应发工资 实发工资 扣款 公积金 养老保险 医疗保险 个人所得税 津贴 补贴 奖金",
    "领取登记表": "物品 物品名称 数量 领取数量 领取人签字 领取人签名 领取签字 领取时间 发放物品 发放数量 规格 份数 借出日期 "
    "归还日期 归还时间 借用人 领用人 签收 签收人",
    "考勤表": "请假事由 请假天数 请假类型 请假时间 销假时间 出勤天数 缺勤 迟到 早退 事假 病假 值班日期 值班时间 值班人员 带班领导",
    "成绩表": "总分 成绩 得分 分数 平均分 名次 排名 总评 语文 数学 英语 物理 化学 生物",
    "学生名单": "学号 学籍号 考号 准考证号 监护人 监护人姓名 监护人电话 监护人联系电话 家长 家长姓名 家长电话 家长联系电话 家长手机 "
    "班主任 就读班级 全国学籍号",
    "供货名单": "公司 公司名称 企业名称 单位地址 报价 单价 开户行 经营范围 供应商 供货商 客户 客户名称 厂家 品牌 规格型号 "
    "合同金额 合同编号 统一社会信用代码 法人 法定代表人",
    "来访登记": "来访时间 来访日期 来访事由 来访单位 接待人 访客 被访人 离开时间",
    "计划表": "月份 工作内容 活动内容 活动主题 工作安排 责任人 责任部门 完成时限 完成时间 主要措施 具体措施 周次",
    "获奖名单": "获奖名称 奖项 获奖项目 颁奖单位 获奖等级 获奖级别 荣誉称号 获奖时间",
    "参保名单": "险种 投保险种 保费 保费金额 保额 保障金额 参保金额 参保份数 投保份数 受益人",
    "体检表": "体检结果 体检结论 体检日期 体检时间 体检项目 体检套餐 体检编号 血压 血糖 血脂 视力 身高 体重 心电图 b超 结论",
    "签到表": "签名 签字 本人签名 本人签字 签名确认 签字确认 签到 签到时间 签退 签退时间 到会情况 出席情况 是否出席 是否到会 到会 出席 缺席原因 请假原因",
}
DECIDING = frozenset(
    {
        "摘要",
        "借方",
        "贷方",
        "凭证号",
        "总分",
        "学号",
        "学籍号",
        "考号",
        "准考证号",
        "监护人",
        "监护人姓名",
        "家长姓名",
        "全国学籍号",
        "凭证编号",
        "慰问事由",
        "到会情况",
        "出席情况",
    }
)
# what also stands beside the people whom a roster lets check their own entry
SIGNED = frozenset({"签名", "签字", "本人签名", "本人签字", "签名确认", "签字确认"})
# what also stands in a list of the clothes that colleagues get
MEASURES = frozenset({"身高", "体重"})
SIZE = re.compile("尺码|尺寸|码数|号型|衣|裤|鞋|服")
OF_STAFF = frozenset(
    {"staff_no", "party", "status", "joined", "group", "title", "post", "contract", "is_teacher"}
)
OF_PUPILS = re.compile(
    "^(?:所在|就读)?(?:年级)?班(?:级|别)?$|学号|学籍|学生|家长|监护|专业|寝室|宿舍"
)
PLACE_OF_ANYONE = re.compile("年级|系|院|学部|单位|班")
WEAK_ALONE = frozenset({"计划表"})  # 月份 alone may stand in a list of birthdays
# What a roster says of a person; a department, a group or a post stands in any list.
PERSONAL = frozenset(
    {"gender", "birth", "staff_no", "phone", "ethnicity", "party", "status", "joined"}
)
ENOUGH_MARKS = 2
LONGEST_TITLE = 40
ENOUGH_PERSONAL = 3  # outweighs one mark: a roster may have a column 金额 or 得分
LOOK_AT_ROWS = 15
LOOK_AT_BIRTHS = 40
ENOUGH_YOUNG = 3
# what a title says that stands over no roster, unless it calls itself one
OTHER_TITLE = re.compile(
    "签到|签收|领取|发放|请假|考勤|值班|借阅|捐款|捐赠|收支|报销|获奖|报名|成绩|评分|得票|选票|慰问|工资|缴纳|收缴|会费|账|体检|疗养|参保|投保|理赔|监考|"
    "校友|家长|客户|供应商|供货|业主"
)
PUPILS_TITLE = re.compile(
    "(?:学生|新生|幼儿(?!园|教师)|儿童)(?!处|科|工作|发展|事务|资助|宿舍|公寓|食堂|会|管理|成长)"
)
STAFF_TITLE = re.compile("教师|教职|教工|职工|会员|工会|老师|员工")
ROSTER_TITLE = re.compile("名册|花名|一览|名单|基本情况")


# columns that the roster does not read, but that stand beside people in one
OF_PEOPLE = re.compile(
    "学科|科目|任教|任课|专业|院校|学校|学位|籍贯|邮箱|邮件|qq|微信|住址|地址|身份|证|年龄|教龄|工龄|校龄|级别|短号|座机|办公|"
    "车牌|照片|荣誉|支部|来源|类|岗|职|年级|班|拼音|英文|曾用|简历|简介|婚|健康|血型|序|说明|签|退休|离校|调|入|姓名|生肖|"
    "配偶|爱人|子女|家|亲属|联系人|父|母|薪|尺码|衣|鞋|国籍|户"
)
OF_EVENTS = frozenset({"日期", "时间", "金额", "次数", "数量", "等次", "结果", "原因", "合格"})
ENOUGH_STRANGE = 2


def kind_of_table(block: Block, titles: str = "") -> tuple[str, list[str]]:
    """("记账表", its telling headings), or ("", []) for a roster. `titles`: all that stands above."""
    kind, marks = _best([*block.ignored, *block.headers.values()])
    if MEASURES.issuperset(map(bare, marks)) and _are_sizes_of_staff(block, titles):
        return "", []
    relatives = [text for text in block.ignored if is_another_person(bare(text))]
    if len(relatives) >= ENOUGH_MARKS and not block.columns.keys() & PERSONAL:
        return "家属名单", relatives
    if block.columns.keys() & PERSONAL and SIGNED.issuperset(map(bare, marks)):
        return "", []
    is_roster = len(block.columns.keys() & PERSONAL) >= ENOUGH_PERSONAL or kind in WEAK_ALONE
    decided = len(marks) >= ENOUGH_MARKS or DECIDING.intersection(map(bare, marks))
    if decided or (marks and not is_roster):
        return kind, marks
    strange = [] if block.columns.keys() & PERSONAL else _strange(block)
    return ("别的表", strange) if strange else ("", [])


def _are_sizes_of_staff(block: Block, titles: str) -> bool:
    """校服 of colleagues: a pupil has a class, and no department or 工号."""
    headings = [bare(text) for text in block.ignored]
    if any(map(OF_PUPILS.search, headings)) or not any(map(SIZE.search, headings)):
        return False
    place = block.headers.get("department", "")
    of_school = place and not PLACE_OF_ANYONE.search(bare(place))
    return bool(of_school or block.columns.keys() & OF_STAFF or STAFF_TITLE.search(titles))


def titles_over(grid: Grid, table: Table) -> str:
    cells = (cell for row in grid.rows[: table.top] for cell in row if isinstance(cell, str))
    return plain("，".join((grid.name, *cells)))


def _strange(block: Block) -> list[str]:
    """The columns that no list of people has, where nothing personal stands beside the names."""
    unread = (text for text in block.ignored if not recognise(text))
    words = [text for text in unread if not OF_PEOPLE.search(bare(text))]
    happened = any(bare(text) in OF_EVENTS for text in words)
    return words if happened or len(words) >= ENOUGH_STRANGE else []


def are_pupils(grid: Grid, table: Table, today: date) -> bool:
    """Most of the first people are too young to work."""
    births = [
        read_date(row[block.columns["birth"]], today).day
        for block in table.blocks
        if "birth" in block.columns and not block.birth_parts
        for row in grid.rows[table.first : min(block.end, table.first + LOOK_AT_BIRTHS)]
    ]
    known = [birth for birth in births if birth]
    young = sum(today.year - birth.year < BIRTH_YEARS_AGO[0] for birth in known)
    return young >= ENOUGH_YOUNG and young * 2 > len(known)


def title_of_another(grid: Grid, table: Table) -> str:
    """The title over a table of few personal columns that says it is something else, or over any
    table that it is of pupils; "" if none."""
    return _title_of_pupils(grid, table) or _title_of_a_list(grid, table)


def _title_of_pupils(grid: Grid, table: Table) -> str:
    titles = (cell for row in grid.rows[: table.top] for cell in row if isinstance(cell, str))
    told = (title for title in titles if PUPILS_TITLE.search(plain(title)))
    return next((shown(t)[:LONGEST_TITLE] for t in told if not STAFF_TITLE.search(plain(t))), "")


def _title_of_a_list(grid: Grid, table: Table) -> str:
    block = table.blocks[0]
    marks = _best([*block.ignored, *block.headers.values()])[1]
    if len(block.columns.keys() & PERSONAL) >= ENOUGH_PERSONAL and not marks:
        return ""
    for row in grid.rows[: table.top]:
        for cell in row:
            title = plain(cell) if isinstance(cell, str) else ""
            named = OTHER_TITLE.search(title)
            if named and not (ROSTER_TITLE.search(title) and not marks):
                return shown(cell)[:LONGEST_TITLE]
    return ""


def kind_of_sheet(grid: Grid) -> tuple[str, list[str]]:
    """The same for a sheet on which no header of people was found."""
    top = [cell for row in grid.rows[:LOOK_AT_ROWS] for cell in row if isinstance(cell, str)]
    kind, marks = _best(top)
    return (kind, marks) if len(marks) >= ENOUGH_MARKS else ("", [])


def first_texts(grid: Grid, limit: int = 6) -> list[str]:
    """The fullest of the first rows: most likely what was meant as the header."""
    rows = [[shown(cell) for cell in row if shown(cell)] for row in grid.rows[:LOOK_AT_ROWS]]
    return max(rows, key=len, default=[])[:limit]


def lacks_name(grid: Grid) -> bool:
    """A header of people with everything but the name."""
    return any(
        len({heading.field for cell in row if (heading := recognise(cell))} & PERSONAL) >= 2
        for row in grid.rows[:LOOK_AT_ROWS]
    )


def _best(texts: list[str]) -> tuple[str, list[str]]:
    words = {bare(text): shown(text) for text in texts if len(text) <= 12}
    found = {
        kind: [words[mark] for mark in marks.split() if mark in words]
        for kind, marks in MARKS.items()
    }
    kind = max(found, key=lambda kind: len(found[kind]))
    return kind, found[kind]
