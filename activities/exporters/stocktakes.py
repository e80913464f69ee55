"""盘点表: as a table, as a paper to sign, and empty to take along."""

from collections.abc import Iterable, Iterator
from datetime import date

from activities.choices import CountResult
from activities.models import Asset, Place, StockCount, Stocktake
from activities.queries.stocktakes import Found
from unionoffice.documents.sheets import Box, Grid, Paper, Row, Sheet
from unionoffice.exports import TableExport
from unionoffice.models import Office
from unionoffice.periods import Period, chinese_date

COLUMNS = (
    ("序号", 5), ("名称", 20), ("编号", 12), ("单位", 5), ("账上", 6), ("实有", 6), ("结果", 7),
    ("保管人", 9), ("说明", 24),
)  # fmt: skip
SIGNED = "盘点人（签名）：　　　　　　　　保管人（签名）：　　　　　　　　工会主席（签名）："


class StocktakeTable(TableExport):
    """The rows of the list."""

    columns = (
        "哪天",
        "哪一处",
        "谁盘点",
        "几样",
        "账上几件",
        "实有几件",
        "缺少几样",
        "坏了几样",
        "说明",
    )

    def __init__(self, stocktakes: Iterable[Stocktake], period: Period):
        self.stocktakes = stocktakes
        self.title = f"盘点_{period.label}"

    def rows(self) -> Iterator[list]:
        for one in self.stocktakes:
            found = [one.kinds, one.expected, one.counted, one.missing, one.broken]
            yield [one.day, one.place.name, one.counted_by, *found, one.note]


class CountTable(TableExport):
    """One stocktake, thing by thing."""

    columns = ("名称", "编号", "单位", "账上", "实有", "结果", "保管人", "说明")

    def __init__(self, stocktake: Stocktake, counts: Iterable[StockCount]):
        self.counts = counts
        self.title = f"{stocktake.place}盘点表_{stocktake.day}"

    def rows(self) -> Iterator[list]:
        for one in self.counts:
            asset = one.asset
            found = [one.expected, one.counted, one.get_result_display()]
            keeper = asset.keeper and asset.keeper.name
            yield [asset.name, asset.number, asset.unit, *found, keeper, one.note]


def stocktake_paper(
    stocktake: Stocktake, counts: Iterable[StockCount], found: Found, office: Office
) -> Paper:
    """A4 across, to be signed and put on file."""
    lines = [
        _line(number, one.asset, one.expected, str(one.counted), _word(one), one.note)
        for number, one in enumerate(counts, start=1)
    ]
    said = (
        f"共 {found.kinds} 样，账上 {found.expected} 件，实有 {found.counted} 件；"
        f"缺少 {found.missing} 样，坏了 {found.broken} 样；盘点人 {stocktake.counted_by}"
    )
    return _paper(stocktake.place, lines, office, said, stocktake.day)


def _word(count: StockCount) -> str:
    return "完好" if count.result == CountResult.FOUND else count.get_result_display()


def empty_paper(place: Place, assets: Iterable[Asset], office: Office, today: date) -> Paper:
    """What is to be looked for, with room to write."""
    lines = [_line(number, asset, asset.quantity) for number, asset in enumerate(assets, start=1)]
    return _paper(place, lines, office, f"共 {len(lines)} 样；盘点人", today)


def _paper(place: Place, lines: list[Row], office: Office, said: str, day: date) -> Paper:
    head = Row(tuple(Box(name, label=True) for name, _ in COLUMNS), 9)
    title = f"{office.union_name}{place}盘点表"
    widths = tuple(width for _, width in COLUMNS)
    sheet = Sheet(
        title=title,
        left=said,
        right=chinese_date(day),
        grid=Grid(widths, (head, *lines), heads=1, size=10.5),
        below=SIGNED,
    )
    return Paper(
        name=f"{title}_{day}",
        sheets=(sheet,),
        author=office.union_name,
        date=day,
        landscape=True,
        numbered=True,
    )


def _line(
    number: int, asset: Asset, expected: int, counted: str = "", word: str = "", note: str = ""
) -> Row:
    keeper = asset.keeper.name if asset.keeper else ""
    first = (str(number), asset.name, asset.number, asset.unit, str(expected))
    return Row(tuple(map(Box, (*first, counted, word, keeper, note))), 8)
