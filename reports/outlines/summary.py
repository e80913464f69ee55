"""The summary: only what the records say, each figure with its source, gaps as 【待补】."""

from collections.abc import Iterator
from datetime import date

from activities import facts as activities
from congress import facts as congress
from members.choices import Moved
from members.facts import status_day
from reports.gather import Gathered, gather
from reports.outlines import work
from reports.outlines.sentences import Figures, sentence
from unionoffice.documents.outline import (
    Attachment,
    Block,
    Document,
    Figure,
    Heading,
    Missing,
    Paragraph,
    Span,
    Table,
)
from unionoffice.facts import Fact
from unionoffice.models import Office
from unionoffice.periods import Period, chinese_date
from welfare import facts as welfare

# ways of coming and going that stand in the text beside their total
TOLD_APART = frozenset(
    {
        Moved.TRANSFERRED_IN,
        Moved.RETURNED,
        Moved.TRANSFERRED_OUT,
        Moved.RESIGNED,
        Moved.DIED,
    }
)
AHEAD = "下一步打算"  # the last chapter
MONTHS_A_TABLE = 6  # a table of half a year fits on a page


def summary_outline(period: Period, *, office: Office, today: date) -> Document:
    told = gather(period, today)
    figures = Figures(told.facts)
    blocks = (
        _opening(figures, period, office),
        *_organisation(figures, period, today, told),
        *work.study(figures, period),
        *_democracy(figures, period, office, told.categories),
        *_care(figures, period, told.kinds),
        *_activities(figures, period, told),
        *work.honours(figures, period, told.levels),
        *_to_be_written(),
    )
    return Document(
        title=(office.union_name, f"{period.label}工作总结"),
        blocks=blocks,
        signature=office.union_name,
        date=today,
        attachments=tuple(_attachments(period, told)),
        subject=f"{period.label}工作总结",
        author=office.union_name,
    )


def _opening(figures: Figures, period: Period, office: Office) -> Paragraph:
    return Paragraph(
        sentence(
            f"{period.label}，{office.union_name}列入计划的工作共有",
            figures("activities.planned"),
            "，到目前已经完成",
            figures("activities.done"),
            figures.aside("，计划完成率为", "activities.rate"),
            _outcomes(figures),
            figures.aside("；在计划之外另开展活动", "activities.unplanned"),
            "。现将主要工作总结如下。",
        )
    )


def _outcomes(figures: Figures) -> tuple[Span, ...]:
    """；经过调整，延期办理的有1项，取消的有2项: what there is of it."""
    parts = (
        figures.aside("，延期办理的有", "activities.postponed"),
        figures.aside("，取消的有", "activities.cancelled"),
        figures.aside("，临时增加的有", "activities.added"),
    )
    spans = tuple(span for part in parts for span in part)
    return ("；经过调整", *spans) if spans else ()


def _organisation(figures: Figures, period: Period, today: date, told: Gathered) -> Iterator[Block]:
    yield Heading(1, "组织建设")
    yield Heading(
        2,
        "会员队伍。",
        sentence(
            f"截至{chinese_date(status_day(period, today))}，在册会员",
            figures("members.active"),
            "，其中女会员",
            figures("members.women"),
            figures.aside("；离退休后保留会籍的会员", "members.retained"),
            "；在职教职工入会率为",
            figures("members.rate"),
            "。",
            _moved(f"{period.duration_word}新入会员", figures, "members.new", told.came),
            _moved(f"{period.duration_word}离开工会的会员", figures, "members.left", told.went),
        ),
    )
    yield Heading(2, "教职工队伍。", _staff(figures, period))
    bodies = figures.aside("；设有领导小组、工作小组", "members.working_groups")
    yield Heading(
        2, "工会小组。", sentence("现有工会小组", figures("members.groups"), bodies, "。")
    )
    yield from work.changes(figures, period)


def _moved(words: str, figures: Figures, key: str, parts: list[Fact]) -> tuple[Span, ...]:
    """全年新入会员12人，其中转入2人。: nothing when nobody did. How someone came or went is told as far
    as it was recorded and says more than that."""
    if not figures.any_of(key):
        return ()
    among = [(part.label, part) for part in parts if part.key.split(".")[-1] in TOLD_APART]
    end = _listed("，其中", among) or ("。",)
    return (words, figures(key), *end)


def _staff(figures: Figures, period: Period) -> tuple[Span, ...]:
    return sentence(
        "在职教职工",
        figures("members.employed"),
        figures.aside("，其中专任教师", "members.teachers"),
        figures.aside("；青年教职工", "members.young"),
        figures.aside(f"；{period.duration_word}新进教职工", "members.arrivals"),
        figures.aside("；评上职称", "members.titles"),
        "。",
    )


def _democracy(
    figures: Figures, period: Period, office: Office, categories: list[congress.CategoryRow]
) -> Iterator[Block]:
    yield Heading(1, "民主管理")
    yield Heading(
        2,
        "提案办理。",
        sentence(
            f"{period.duration_word}收到提案",
            figures("congress.motions"),
            "，经审查予以立案",
            figures("congress.filed"),
            figures.aside("，转为意见建议交有关部门办理", "congress.to_suggestion"),
            figures.aside("，不予立案", "congress.rejected"),
            figures.aside("，立案率为", "congress.filing_rate"),
            "。",
            _listed(
                "按类别分：",
                [(row.label, row.motions) for row in categories],
            ),
        ),
    )
    yield Heading(
        2,
        f"{office.disclosure_word}。",
        sentence(f"{period.duration_word}公开", figures("congress.notices"), "。"),
    )


def _care(figures: Figures, period: Period, kinds: list[welfare.KindRow]) -> Iterator[Block]:
    yield Heading(1, "帮扶慰问")
    yield Heading(
        2,
        "走访慰问。",
        sentence(
            f"{period.duration_word}慰问",
            figures("welfare.visits"),
            "，走访慰问到教职工",
            figures("welfare.people"),
            "，发放慰问金合计",
            figures("welfare.money"),
            figures.aside("，送出的慰问品折价", "welfare.goods_value"),
            "。",
            _listed(
                "其中",
                [(row.label, row.visits) for row in kinds],
            ),
        ),
    )


def _activities(figures: Figures, period: Period, told: Gathered) -> Iterator[Block]:
    yield Heading(1, "活动开展")
    yield Heading(
        2,
        "活动情况。",
        sentence(
            f"{period.duration_word}开展活动",
            figures("activities.held"),
            "，参加活动的教职工共",
            figures("activities.attendance"),
            figures.aside("，平均每场参加的教职工", "activities.average"),
            "。",
            *_costs(figures),
            figures.aside("其中没有记参加人数的活动", "activities.without_headcount"),
            "。" if figures.facts["activities.without_headcount"].value else (),
            figures.aside("只算留有签到名单的活动，到过场的教职工有", "activities.people"),
            "。" if figures.facts["activities.people"].value else (),
        ),
    )
    if told.fields:
        yield Heading(2, "各板块工作")
    for row in told.fields:
        yield Heading(3, f"{row.label}。", _field_sentence(row))
    yield from work.contests(figures, period)
    yield from work.safety(figures, period)
    yield from work.places(figures, period, told.places)
    marked = activities.highlights(period)
    if marked:
        yield Heading(2, "重点活动")
    for text in marked:
        yield Heading(3, "", (text,))


def _costs(figures: Figures) -> Iterator[tuple[Span, ...]]:
    """各场活动的预算合计2000元，支出合计1280元。: as far as somebody wrote them down."""
    budget = figures.aside("预算合计", "activities.budget")
    spent = figures.aside("支出合计", "activities.spent")
    if budget or spent:
        yield ("各场活动的", *budget, *(("，",) if budget and spent else ()), *spent, "。")


def _field_sentence(row: activities.FieldRow) -> tuple[Span, ...]:
    """列入计划的工作7项，已完成4项；开展活动5场，参加的教职工403人次: only the parts that were recorded."""
    planned, done, held, attendance = map(Figure, (row.planned, row.done, row.held, row.attendance))
    return sentence(
        ("列入计划的工作", planned, "，已完成", done, "；") if row.planned.value else "",
        ("开展活动", held) if row.held.value else "没有活动记录",
        ("，参加的教职工", attendance) if row.held.value else (),
        "。",
    )


def _to_be_written() -> Iterator[Block]:
    """What no record can say: it is left to the union, in plain sight."""
    for title in ("存在的不足", AHEAD):
        yield Heading(1, title)
        yield Paragraph((Missing(title),))


def _attachments(period: Period, told: Gathered) -> Iterator[Attachment]:
    tables = tuple(_statistics(told.categories, told.kinds))
    if tables:
        yield Attachment(f"{period.label}统计表", tables)
    rows = [row for row in told.months if row.items]
    for start in range(0, len(rows), MONTHS_A_TABLE):
        part = rows[start : start + MONTHS_A_TABLE]
        yield Attachment(_months_title(part), (_months_table(part),))
    yield from work.attachments(period)


def _statistics(
    categories: list[congress.CategoryRow], kinds: list[welfare.KindRow]
) -> Iterator[Table]:
    yield from _table(
        "提案分类",
        ("类别", "收到（件）", "立案（件）"),
        [
            (row.label, Figure(row.motions, unit=False), Figure(row.filed, unit=False))
            for row in categories
        ],
    )
    yield from _table(
        "慰问统计",
        ("事由", "人次", "慰问金（元）"),
        [
            (row.label, Figure(row.visits, unit=False), Figure(row.money, unit=False))
            for row in kinds
        ],
    )


def _months_title(rows: list[activities.MonthRow]) -> str:
    first, last = rows[0], rows[-1]
    until = f"{last.month}月" if last.year == first.year else f"{last.year}年{last.month}月"
    return f"{first.year}年{first.month}月至{until}计划完成情况一览"


def _months_table(rows: list[activities.MonthRow]) -> Table:
    return Table(
        caption="",
        columns=("月份", "计划事项", "完成情况"),
        rows=tuple(
            (f"{row.month}月" if not number else "", item, outcome)
            for row in rows
            for number, (item, outcome) in enumerate(zip(row.items, row.outcomes, strict=True))
        ),
        widths=(1, 5, 3),
    )


def _table(caption: str, columns: tuple[str, ...], rows: list[tuple]) -> Iterator[Table]:
    """A table, when there is a row to show."""
    if rows:
        yield Table(caption, columns, tuple(rows))


def _listed(lead: str, parts: list[tuple[str, Fact]]) -> tuple[Span, ...]:
    """其中生病住院14人次、丧事8人次。: nothing when there is no part."""
    spans: list[Span] = []
    for label, fact in parts:
        spans += ["、" if spans else lead, label, Figure(fact)]
    return (*spans, "。") if spans else ()
