"""阵地, their use and 资产台账: tables, and papers to sign and to put on file."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from decimal import Decimal

from activities.choices import CountResult
from activities.models import Asset
from activities.queries.place_uses import Use
from activities.queries.places import AssetTotals, PlaceRow
from unionoffice.documents.sheets import Box, Grid, Paper, Row, Sheet
from unionoffice.documents.sheets_docx import paper_docx
from unionoffice.documents.sheets_pdf import paper_pdf
from unionoffice.exports import TableExport
from unionoffice.models import Office
from unionoffice.periods import Period, chinese_date

PAPER_COLUMNS = (
    ("序号", 5), ("名称", 20), ("编号", 11), ("数量", 6), ("单位", 5), ("金额（元）", 11),
    ("购置日期", 11), ("存放地点", 16), ("保管人", 9), ("备注", 16),
)  # fmt: skip


class AssetTable(TableExport):
    """The rows of the list as it is filtered, with their last stocktake."""

    columns = (
        "名称",
        "编号",
        "数量",
        "单位",
        "一共多少钱（元）",
        "哪天买的",
        "放在哪里",
        "保管人",
        "备注",
        "最近盘点",
        "盘点结果",
        "哪天报废",
        "报废原因",
    )

    def __init__(self, assets: Iterable[Asset], today: date):
        self.assets = assets
        self.title = f"资产台账_{today}"

    def rows(self) -> Iterator[list]:
        for one in self.assets:
            yield [
                one.name,
                one.number,
                one.quantity,
                one.unit,
                one.price,
                one.bought_on,
                one.place.name,
                one.keeper and one.keeper.name,
                one.note,
                one.counted_on,
                one.count_result and CountResult(one.count_result).label,
                one.written_off_on,
                one.write_off_reason,
            ]


class PlaceTable(TableExport):
    """The list of places: what stands there, and how often each was used in the period."""

    columns = (
        "名称",
        "种类",
        "在哪里",
        "管理人",
        "开放时间",
        "藏书",
        "设备几件",
        "设备值多少（元）",
        "办活动几次",
        "登记使用几次",
        "一共用过几次",
        "多少人次",
    )

    def __init__(self, rows: Iterable[PlaceRow], period: Period):
        self.listed = rows
        self.title = f"阵地_{period.label}"

    def rows(self) -> Iterator[list]:
        for row in self.listed:
            place = row.place
            first = [place.name, place.get_kind_display(), place.location]
            kept = [place.keeper and place.keeper.name, place.hours, place.books]
            used = [row.held, row.uses, row.used, row.people]
            yield [*first, *kept, row.things, row.value, *used]


class UseTable(TableExport):
    """When the places were used, as the list is filtered."""

    columns = ("哪天", "哪一处", "做什么", "谁用的", "多少人", "记在哪里")

    def __init__(self, uses: Iterable[Use], period: Period):
        self.uses = uses
        self.title = f"阵地使用记录_{period.label}"

    def rows(self) -> Iterator[list]:
        for use in self.uses:
            where = "活动记录" if use.is_activity else "使用登记"
            yield [use.day_text, use.place_name, use.what, use.who, use.people, where]


def uses_paper(uses: Collection[Use], period: Period, office: Office, today: date) -> Paper:
    """A4, to be signed and put on file."""
    names = ("日期", "阵地", "做什么", "谁用的", "人数")
    head = Row(tuple(Box(name, label=True) for name in names), 9)
    rows = [
        Row(
            tuple(map(Box, (u.day_text, u.place_name, u.what, u.who, str(u.people or "")))),
            7.5,
        )
        for u in uses
    ]
    counted = [use.people for use in uses if use.people is not None]
    people = f"，{sum(counted)} 人次" if counted else ""
    title = f"{office.union_name}阵地使用记录"
    sheet = Sheet(
        title=title,
        left=f"{period.label}　共 {len(uses)} 次{people}",
        right=chinese_date(today),
        grid=Grid((13, 16, 26, 20, 7), (head, *rows), heads=1, size=10.5),
        below="管理人（签名）：　　　　　　　　工会主席（签名）：",
    )
    name = f"{title}_{period.label}"
    return Paper(name=name, sheets=(sheet,), author=office.union_name, date=today, numbered=True)


def asset_paper(
    assets: Iterable[Asset], totals: AssetTotals, office: Office, today: date, *, old: bool = False
) -> Paper:
    """A4 across, the heads on every page, the sum below. `old`: what was written off."""
    head = Row(tuple(Box(name, label=True) for name, _ in PAPER_COLUMNS), 9)
    rows = [_line(number, one, old) for number, one in enumerate(assets, start=1)]
    title = f"{office.union_name}{'报废资产清单' if old else '资产台账'}"
    sheet = Sheet(
        title=title,
        left=f"共 {totals.things} 件（{totals.kinds} 行），金额 {_money(totals.value) or '待补'} 元"
        + (f"，{totals.without_price} 行没有金额" if totals.without_price else ""),
        right=chinese_date(today),
        grid=Grid(tuple(width for _, width in PAPER_COLUMNS), (head, *rows), heads=1, size=10.5),
        below="保管人（签名）：　　　　　　　　盘点人（签名）：　　　　　　　　工会主席（签名）：",
    )
    return Paper(
        name=title,
        sheets=(sheet,),
        author=office.union_name,
        date=today,
        landscape=True,
        numbered=True,
    )


def _line(number: int, one: Asset, old: bool) -> Row:
    note = f"{one.written_off_on} 报废：{one.write_off_reason}" if old else one.note
    texts = (
        str(number),
        one.name,
        one.number,
        str(one.quantity),
        one.unit,
        _money(one.price),
        str(one.bought_on or ""),
        one.place.name,
        one.keeper.name if one.keeper else "",
        note,
    )
    return Row(tuple(map(Box, texts)), 7.5)


def _money(value: Decimal | None) -> str:
    return "" if value is None else f"{value:,.2f}"


def paper_file(paper: Paper, file_format: str) -> bytes:
    return paper_docx(paper) if file_format == "docx" else paper_pdf(paper)
