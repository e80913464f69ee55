"""What kind of line is this? One table of productions, tried in order."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from activities.plan_reader.columns import ABOUT, is_header
from activities.plan_reader.labels import (
    Form,
    Label,
    impossible_months,
    is_lunar,
    read_dated,
    read_label,
    split_week,
    week_date,
    week_number,
)
from activities.plan_reader.lines import LONGEST_LINE, Line
from activities.plan_reader.numerals import Marker, plain, split_marker


class Kind(Enum):
    TABLE_HEAD = auto()  # 月份 · 工作内容 · 负责人
    GROUP = auto()  # 第一学期, above the months that it groups
    FILLER = auto()  # words of the web site around the document
    ATTRIBUTE = auto()  # 负责人：… — said about an item, itself none
    SIGNATURE = auto()  # 某校工会 2024年1月5日
    MONTH = auto()  # opens with a month label
    RECURRING = auto()  # 每月：… 全年：… — belongs to no single month
    LUNAR = auto()  # 腊月：…
    NO_MONTH = auto()  # 十三月：…
    WEEK = auto()  # 第3周, alone on its line
    PART = auto()  # the title of a document, or of a part of one
    SECTION = auto()  # 一、指导思想 · ### 主要工作 · 保障措施：
    ITEM = auto()  # numbered or with a bullet
    CLOSING = auto()  # 除了开展好上述活动，我们还…
    TEXT = auto()


@dataclass(frozen=True)
class Node:
    kind: Kind
    text: str  # the whole line
    body: str  # without numbering
    marker: Marker | None = None
    heading: int = 0
    label: Label | None = None
    pair: Label | None = None  # "7、8月" read as two months; `label` reads it as number 7, 八月
    dated: Label | None = None  # "3月8日…", a label only where nothing else is one
    week: int | None = None  # of the school term, in front of the line

    @property
    def level(self) -> str:
        """What holds lines of one rank together: the style of their numbering."""
        return self.marker.style if self.marker and self.marker.style != "bullet" else "plain"


ORGANISATION = (
    r"[^\s，。；：:、\d]{2,24}(?:工会|委员会|学校|小学|中学|幼儿园|学院|大学|分会|教育集团)"
)
OWN_COMMITTEE = re.compile("[学园校院局]工会委员会$")  # 成立膳食委员会 is none
YEARS = r"(?:\d{4}|20[xX*_×]{2}|[二零一三四五六七八九0]{4})"
DATE = rf"{YEARS}\s*(?:年\s*[\d元一二三四五六七八九十xX_]{{1,3}}\s*月(?:\s*[\d一二三四五六七八九十xX_]{{1,3}}\s*日)?|[.\-/]\d{{1,2}}(?:[.\-/]\d{{1,2}})?)"
DOCUMENT = r"(?:计划|要点|总结|安排|月历|行事历|方案|打算|回顾|一览)"
TITLE_END = r"(?:范文|模板|报告|表|一览表|\([^()]*\)|[一二三四五六七八九十\d]|\s|篇|:)*"
TITLE = re.compile(rf"(?=.*(?:工会|年|学期|学校|园|校))[^。；！，]{{2,44}}{DOCUMENT}{TITLE_END}$")
NUMBERED_TITLE = re.compile(
    r"第[一二三四五六七八九十\d]+篇\b|[【(\[]?篇[一二三四五六七八九十\d]+|附[件表录]?\s*[\d一二三]?\s*:"
)
TASK = re.compile(
    r"(?:确定|安排(?!表)|筹[备划]|[下印转]发|修订|提交|检查|制|拟|撰|草|编|上报|做好|完成|讨论|起草|总结|上交|交|布置|落实|学习|征求|审|召开|汇报|迎接|准备|公布|研究|传达|收集|整理|写|开展|组织|部署|庆祝|举办|举行|参加|慰问|走访|参观|观看|评选|表彰|发放|配合|协助|开好)"
)
FILLER = re.compile(
    r"(?=.{1,60}$)(?:[【\[][^】\]]*[】\]])?[【\[(]?(?:相关(?:文章|推荐|阅读|热词|内容)|推荐阅读|延伸阅读|猜你(?:喜欢|感兴趣)|上一篇|下一篇|文章来源|本文(?:来源|来自|由|地址|链接)|"
    r"我要投稿|点击(?:下载|查看|收藏|进入)|下载(?:本文|文档|地址|Word)|Word文档|word文档|版权所有|责任编辑|扫码|二维码|关注.{0,8}公众号|"
    r"https?://|www\.|更多.{0,20}(?:范文|内容|文章|请关注|请点击|计划)|转载请|.{0,20}的人还看了|看过.{0,20}还|热门(?:文章|推荐)|阅读(?:次数|量|全文)|"
    r"(?:文章)?标签\s*:|来源\s*:|编辑\s*:|\[?返回|.{0,8}(?:文库|范文网|小编)|打印本|收藏本|分享到|上传者|发布时间|浏览次数|时间\s*:\s*20\d\d-|免责声明|"
    r"(?:将|把)?本文的?Word|(?:作者|供稿|撰稿人?|发布(?:日期|人|者|单位|于)|更新(?:时间|日期)|添加时间|录入(?:时间|人)|信息来源|稿件来源|点击(?:数|率|次数|量)|浏览(?:量|数|次)|人气)\s*[:\d]|"
    r"字[体号]\s*:|【?(?:打印|关闭)(?:本页|窗口|页面)?】?\s*$|(?:发布|更新|编辑)?(?:于|时间|日期)?\s*20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s+\d{1,2}:\d\d|"
    r"(?:\[?\d{1,3}\]?\s*){0,9}(?:[上下]一页|[首尾末]页)|"
    r"[^。；]{1,50}\.(?:docx?|xlsx?|pdf|wps|rar|zip)\s*$|"
    r"(?:联系(?:人|电话|方式)|电\s*话|地\s*址|邮\s*编|传\s*真|邮\s*箱|抄\s*[送报]|主\s*送)\s*:)"
)
CRUMB = r"\s*(?:>|＞|»|›|→)+\s*"
CRUMBS = re.compile(
    rf"(?:[您你]?的?(?:(?:现在|当前|目前|所在)的?)+位置|(?:网站)?首页(?:\s*$|{CRUMB}|\s*[|/]|\s\s*\S)"
    rf"|[^。；，:\d>＞»›→]{{1,24}}(?:{CRUMB}(?!\d)[^。；，>＞»›→]{{1,44}}){{1,6}}$)"
)  # where one is on a web site
ATTRIBUTE = re.compile(rf"(?:{ABOUT}|序号|日期|周次)\s*:")
PAGE = re.compile(
    r"(?:[-—–·]{1,4}\s*\d{1,3}\s*[-—–·]{1,4}|第\s*\d{1,3}\s*页[\s,/]*(?:共\s*\d{1,3}\s*页)?|\d{1,3}\s*/\s*\d{1,3})$"
)  # — 3 — · 第 1 页 共 2 页
RECURRING = re.compile(
    r"[【(\[]?(?:(?P<plainly>全年|全学[年期]|每个?[月周季年]|每学[期年]|每两?周|贯穿全年)|常年|平时|日常|经常性?|常规|长期|机动|[待不另]定|适时|随时|寒暑假|节假日|不定期|其他|其它)"
    r"(?:(?:性|的|固定|工作|活动|任务|进行|开展|事项|项目)*)(?P<set_off>[】)\]]?\s*(?::|[-—–]{1,3}|(?<=[】)\]])$))?(?(set_off)|$)"
)
HEADED = re.compile(
    r"(?:[^。；！？，]{0,8}(?:指导思想|工作思路|工作目标|总体目标|目标任务|主要目标|基本思路|主要措施|工作措施|保障措施|组织保障|工作要求|具体要求|几点要求|"
    r"有关要求|组织领导|工作月历|月历|工作安排|活动安排|月份安排|工作要点|主要工作|主要任务|工作重点|重点工作|具体工作|具体安排|具体措施|其他工作|情况分析|"
    r"基本情况|现状分析|日程安排|行事历|逐月安排|工作内容|工作任务|工作日程|存在问题|经费预算|经费保障|工作打算|工作回顾|附则|说明|前言)[^。；，]{0,8})\s*:?$"
)
BRACKETED = re.compile(
    r"[【〖〔](?!.*(?:月|[初中底末上下]旬|周))[^】〗〕:。；;，,]{2,12}[】〗〕]"
)  # 【民主管理】
CLOSING = re.compile(
    r"[(]?(?:[此本](?:计划|安排)|除了?(?:开展|上述|以上|完成|做好|搞好)|总之|综上|以上(?:是|为|计划|安排|活动|各项|工作|内容)|在新的|新的(?:一年|学[年期])|我们(?:将|要|相信|坚信|一定|决心|会|还)|"
    r"我校工会[将要]|让我们|本计划|上述|此外|另外|注\s*:|备注|说明\s*:|未尽|如有|具体(?:时间|活动|安排).{0,12}(?:另行|为准|通知|调整)|各(?:工会)?小组(?:要|应)|希望(?!工程|小学)|相信|[合总共]\s*计\s*:|如遇|根据(?:实际|需要|上级).{0,20}调整|\*)"
)
LONG_TEXT = 60
GROUP = re.compile(
    r"20\d\d\s*年度?:?$|[【(★☆◆■\s]*(?:第[一二12]学期|[上下]学期|[春秋]季学期)[】)★☆◆■\s]*(?:工作|活动)?(?:安排|计划)?\s*(?:\([^()]{0,16}\))?\s*:?$"
)
SHORT_HEADING = 20  # characters before the colon
OUTLINE = ("part", "cjk", "paren_cjk")


def read_nodes(lines: list[Line]) -> list[Node]:
    return [classify(line) for line in lines]


def classify(line: Line) -> Node:
    if len(line.text) > LONGEST_LINE:
        return Node(Kind.TEXT, line.text, line.text)
    marker, body = split_marker(line.text)
    week, body = split_week(body)
    flat = plain(body)
    label = None if is_signature(flat) else read_label(body)
    kind = _kind(line, marker, body, flat, label, week)
    pair = read_label(line.text) if marker and label else None
    if pair and len(pair.months) < 2:
        pair = None
    dated = week_date(week, body) if week else read_dated(body)
    number = week_number(week)
    return Node(kind, line.text, body, marker, line.heading, label, pair, dated, number)


def _kind(line: Line, marker, body: str, flat: str, label, week: str) -> Kind:
    if "\t" in line.text and is_header(line.text.split("\t")):
        return Kind.TABLE_HEAD
    if week and not body:
        return Kind.WEEK
    for kind, holds in PRODUCTIONS:
        if holds(line, marker, flat, label):
            return kind
    return Kind.TEXT


def is_page_number(text: str) -> bool:
    return bool(PAGE.match(plain(text)))


def is_signature(flat: str) -> bool:
    """A date with its year, an organisation before it or a next document's title behind it."""
    found = re.match(
        rf"[(\s]{{0,4}}(?:{ORGANISATION})?[\s:,，(]{{0,4}}{DATE}[\s)]*(?:印发|制定|制订|拟定?|制)?\s*",
        flat,
    )
    tail = flat[found.end() :] if found else ""
    return bool(found) and (is_title(tail) if tail else not read_label(flat))


def is_signed(nodes: list[Node], at: int) -> bool:
    """An organisation's name alone, at the very end or above the date."""
    if nodes[at].marker or not re.fullmatch(ORGANISATION, plain(nodes[at].text)):
        return False
    behind = nodes[at + 1 :]
    if not behind:
        own = OWN_COMMITTEE.search(nodes[at].text) or not nodes[at].text.endswith("委员会")
        return bool(own) and not TASK.match(nodes[at].text)
    return behind[0].kind in (Kind.SIGNATURE, Kind.FILLER) or is_dateline(nodes, at + 1)


def is_dateline(nodes: list[Node], at: int) -> bool:
    """2024年1月 with nothing of the month below it: when the plan was written."""
    label = nodes[at].label
    if not label or not label.dated_year or label.form is not Form.BARE:
        return False
    below = nodes[at + 1] if at + 1 < len(nodes) else None
    if not below or below.kind not in (Kind.ITEM, Kind.TEXT, Kind.WEEK):
        return True
    signed = not below.marker and re.fullmatch(ORGANISATION, plain(below.text))
    return len(below.text) > LONG_TEXT or bool(signed)


def is_title(flat: str) -> bool:
    return bool(TITLE.match(flat) and not TASK.match(flat))


def _is_heading(line: Line, marker: Marker | None, flat: str, label) -> bool:
    if line.heading and (not marker or marker.style in OUTLINE):
        return True
    if marker and marker.style != "bullet":
        headed = HEADED.match(flat) and len(flat) <= SHORT_HEADING and not TASK.match(flat)
        return marker.style in OUTLINE or bool(headed)
    if BRACKETED.fullmatch(flat):
        return True
    return bool(HEADED.fullmatch(flat)) and len(flat) <= SHORT_HEADING and not TASK.match(flat)


def _is_part(line: Line, marker: Marker | None, flat: str, label) -> bool:
    return not marker and bool(NUMBERED_TITLE.match(flat) or is_title(flat))


def _is_recurring(line: Line, marker: Marker | None, flat: str, label) -> bool:
    """七、其他工作 is a section all the same."""
    return bool(RECURRING.match(flat)) and not (marker and marker.style in OUTLINE)


def _is_group(line: Line, marker: Marker | None, flat: str, label) -> bool:
    return (not marker or marker.style == "bullet") and bool(GROUP.match(flat))


def _opens_with(pattern: re.Pattern):
    return lambda line, marker, flat, label: bool(pattern.match(flat))


PRODUCTIONS = (
    (Kind.FILLER, _opens_with(FILLER)),
    (Kind.FILLER, lambda line, marker, flat, label: is_page_number(line.text)),
    (Kind.FILLER, lambda line, marker, flat, label: not marker and bool(CRUMBS.match(flat))),
    (Kind.ATTRIBUTE, _opens_with(ATTRIBUTE)),
    (Kind.SIGNATURE, lambda line, marker, flat, label: not marker and is_signature(flat)),
    (Kind.MONTH, lambda line, marker, flat, label: label is not None),
    (Kind.NO_MONTH, lambda line, marker, flat, label: bool(impossible_months(flat))),
    (Kind.RECURRING, _is_recurring),
    (Kind.GROUP, _is_group),
    (Kind.LUNAR, lambda line, marker, flat, label: is_lunar(flat)),
    (Kind.PART, _is_part),
    (Kind.SECTION, _is_heading),
    (Kind.ITEM, lambda line, marker, flat, label: marker is not None),
    (Kind.CLOSING, _opens_with(CLOSING)),
)
