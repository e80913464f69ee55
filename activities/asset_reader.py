"""Reads a list of the union's things as offices keep it (.xlsx, .xls, .csv) into rows with a place,
or refuses it in a sentence. Touches no database."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from itertools import chain

from members.roster_reader.cells import is_blank, plain, tidy
from members.roster_reader.sheets import Grid, open_workbook
from members.roster_reader.text_table import open_text
from unionoffice.errors import FileRefused
from unionoffice.uploads import FileKind, decode_text, file_kind

KINDS = (FileKind.XLSX, FileKind.XLS, FileKind.TEXT)
MOST_ROWS = 2_000
HEAD_WITHIN = 12  # rows of titles that may stand over the table
HEADS = {
    "name": ("名称", "资产名称", "物品名称", "设备名称", "品名", "器材名称", "物品"),
    "place": ("放在哪里", "存放地点", "存放位置", "使用地点", "地点", "位置", "阵地", "场所"),
    "number": ("编号", "资产编号", "设备编号", "固定资产编号"),
    "quantity": ("数量", "件数"),
    "unit": ("单位", "计量单位"),
    "price": ("一共多少钱", "一共多少钱（元）", "金额", "总价", "价值", "原值", "合计", "总金额"),
    "each": ("单价",),
    "bought_on": ("哪天买的", "购置日期", "购买日期", "购入日期", "购置时间", "取得日期", "日期"),
    "keeper": ("保管人", "责任人", "管理人", "使用人", "负责人"),
    "note": ("备注", "说明", "规格型号", "规格", "型号"),
}
MEANT = {plain(head).removesuffix("(元)"): name for name, heads in HEADS.items() for head in heads}
LONGEST = {"name": 60, "place": 40, "number": 40, "unit": 6, "note": 100}
WORDS = {"name": "名称", "place": "放在哪里", "number": "编号", "unit": "单位", "note": "备注"}
TOTALS = frozenset({"合计", "总计", "小计", "共计"})
MOST_PRICE = Decimal(10) ** 8
WANTED = "资产台账要有“名称”一列，再有数量、单位、金额、购置日期、存放地点、保管人中的几列。"


@dataclass(frozen=True)
class AssetRow:
    """One thing, as written. `row` counts as the sheet does."""

    row: int
    name: str
    place: str = ""
    number: str = ""
    quantity: int = 1
    unit: str = ""
    price: str = ""
    bought_on: str = ""
    keeper: str = ""
    note: str = ""

    def stored(self) -> dict:
        return asdict(self)


@dataclass
class AssetReading:
    rows: list[AssetRow] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)  # (row, why)


class _Unreadable(Exception):
    pass


def read_assets(name: str, content: bytes) -> AssetReading:
    """Raises FileRefused when there is no such table in the file."""
    if file_kind(name, content, KINDS) == FileKind.TEXT:
        grids, _ = open_text(name, decode_text(content) or "")
    else:
        grids, _ = open_workbook(name, content)
    if sum(len(grid.rows) for grid in grids) > MOST_ROWS:
        raise FileRefused(f"“{name}”超过 {MOST_ROWS} 行，拆成几份再传。")
    reading = AssetReading()
    tables = [(grid, head) for grid in grids if (head := _head(grid))]
    if not tables:
        raise FileRefused(f"“{name}”不能当资产台账读。{WANTED}")
    for grid, (at, columns) in tables:
        _read(grid, at, columns, reading)
    if not reading.rows and not reading.refused:
        raise FileRefused(f"“{name}”只有表头，下面一件也没有。填好再传。")
    return reading


def _head(grid: Grid) -> tuple[int, dict[int, str]] | None:
    """The row of the headings, and what each column holds."""
    for at, cells in enumerate(grid.rows[:HEAD_WITHIN]):
        columns: dict[int, str] = {}
        for number, cell in enumerate(cells):
            meant = MEANT.get(plain(cell).removesuffix("(元)"))
            if meant and meant not in columns.values():
                columns[number] = meant
        if "name" in columns.values() and len(columns) > 1:
            return at, columns
    return None


def _read(grid: Grid, at: int, columns: dict[int, str], reading: AssetReading) -> None:
    for number, cells in enumerate(grid.rows[at + 1 :], start=at + 2):
        values = {columns[n]: cell for n, cell in enumerate(cells) if n in columns}
        filled = [value for value in values.values() if not is_blank(value)]
        first = next((plain(cell) for cell in cells if not is_blank(cell)), "")
        if not filled or first in TOTALS or plain(values["name"]) in TOTALS:
            continue
        try:
            reading.rows.append(_row(number, values))
        except _Unreadable as why:
            reading.refused.append((number, str(why)))


def _row(number: int, values: dict) -> AssetRow:
    texts = {name: _text(name, values.get(name, "")) for name in WORDS}
    if not texts["name"]:
        raise _Unreadable("没有写名称。")
    quantity = _quantity(values.get("quantity", ""))
    return AssetRow(
        row=number,
        quantity=quantity,
        price=_price(values.get("price", ""), values.get("each", ""), quantity),
        bought_on=_day(values.get("bought_on", "")),
        keeper=tidy(values.get("keeper", "")),
        **texts,
    )


def _text(name: str, cell) -> str:
    text = tidy(cell)
    if len(text) > LONGEST[name]:
        raise _Unreadable(f"{WORDS[name]}“{text[:12]}…”超过 {LONGEST[name]} 字，写短一点。")
    return text


def _quantity(cell) -> int:
    if is_blank(cell):
        return 1
    number = _number(cell, "数量")
    if number != number.to_integral_value() or not 1 <= number <= 1_000_000:
        raise _Unreadable(f"数量“{tidy(cell)}”要是 1 以上的整数。")
    return int(number)


def _price(whole, each, quantity: int) -> str:
    if is_blank(whole) and is_blank(each):
        return ""
    price = _number(whole, "金额") if not is_blank(whole) else _number(each, "单价") * quantity
    if not 0 <= price < MOST_PRICE:
        raise _Unreadable(f"金额“{price}”不在 0 到 {MOST_PRICE} 元之间。")
    return str(price.quantize(Decimal("0.01")))


def _number(cell, what: str) -> Decimal:
    text = plain(cell).replace(",", "").replace("¥", "").removesuffix("元")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise _Unreadable(f"{what}“{tidy(cell)}”不是数字。") from None
    if not number.is_finite():
        raise _Unreadable(f"{what}“{tidy(cell)}”不是数字。")
    return number


def _day(cell) -> str:
    if is_blank(cell):
        return ""
    if isinstance(cell, date | datetime):
        return f"{cell:%Y-%m-%d}"
    text = plain(cell).translate(str.maketrans("年月./", "----")).removesuffix("日").strip("-")
    parts = text.split("-")
    try:
        return date(*[int(part) for part in chain(parts, ["1"] * (3 - len(parts)))]).isoformat()
    except (TypeError, ValueError):
        raise _Unreadable(f"日期“{tidy(cell)}”看不懂，写成 2025-03-08 这样。") from None


def rows_from_stored(stored: Iterable[dict]) -> list[AssetRow]:
    return [AssetRow(**row) for row in stored]
