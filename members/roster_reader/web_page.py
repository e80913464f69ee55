"""A .xls that is really a web page, as many school systems write it: its tables as one grid.

Only what stands in the file is read: scripts and styles are passed over, nothing is fetched.
"""

from html.parser import HTMLParser
from typing import NamedTuple

from members.roster_reader.cells import is_blank
from members.roster_reader.sheets import Grid, spread_merges_down, too_many_cells
from members.roster_reader.workbook import MOST_CELLS
from unionoffice.errors import FileRefused

UNREAD = frozenset({"script", "style", "title", "xml", "noscript", "template", "select"})
BREAKS = frozenset({"br", "p", "div", "li", "h1", "h2", "h3", "h4", "center", "caption"})
WIDEST_SPAN = 200
FORMULA = "x:fmla"  # how Excel keeps a formula in a page


class _Cell(NamedTuple):
    text: str
    across: int
    down: int
    is_formula: bool


class _Table:
    def __init__(self):
        self.rows: list[list[_Cell]] = []
        self.attributes: dict[str, str | None] | None = None  # of the cell that is open
        self.text: list[str] = []
        self.holds_table = False

    def begin_row(self) -> None:
        self.end_cell()
        self.rows.append([])

    def begin_cell(self, attributes: dict[str, str | None]) -> None:
        self.end_cell()
        self.attributes = attributes

    def end_cell(self) -> None:
        if self.attributes is None:
            return
        if not self.rows:
            self.rows.append([])
        cell = _Cell(
            "".join(self.text).strip(),
            _span(self.attributes, "colspan"),
            _span(self.attributes, "rowspan"),
            FORMULA in self.attributes,
        )
        self.rows[-1].append(cell)
        self.attributes, self.text = None, []


class _Page(HTMLParser):
    """Rows in the order in which Excel shows a page: words between the tables have rows of their
    own, a table inside another stands before it."""

    def __init__(self, name: str):
        super().__init__()
        self.name = name
        self.grid = Grid("", [], [])
        self.formulas: set[tuple[int, int]] = set()
        self.cells = 0
        self.open: list[_Table] = []
        self.between: list[str] = []
        self.unread = 0
        self.tables = 0

    def handle_starttag(self, tag, attrs):
        if tag in UNREAD:
            self.unread += 1
        elif tag == "table":
            self._begin_table()
        elif tag in BREAKS:
            self._say("\n")
        elif self.open and tag == "tr":
            self.open[-1].begin_row()
        elif self.open and tag in ("td", "th"):
            self.open[-1].begin_cell(dict(attrs))

    def handle_startendtag(self, tag, attrs):
        if tag not in UNREAD:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        if tag in UNREAD:
            self.unread = max(0, self.unread - 1)
        elif tag in BREAKS:
            self._say("\n")
        elif self.open and tag in ("td", "th", "tr"):
            self.open[-1].end_cell()
        elif self.open and tag == "table":
            self._end_table()

    def handle_data(self, data):
        if not self.unread:
            self._say(data)

    def finish(self) -> Grid:
        self.close()
        while self.open:
            self._end_table()
        self._end_words()
        return self.grid

    def _say(self, text: str) -> None:
        if not self.open:
            self.between.append(text)
        elif self.open[-1].attributes is not None:
            self.open[-1].text.append(text)

    def _begin_table(self) -> None:
        if self.open:
            self.open[-1].holds_table = True
        else:
            self._end_words()
        self.open.append(_Table())

    def _end_words(self) -> None:
        lines = [line.strip() for line in "".join(self.between).split("\n")]
        self.grid.rows += [[line] for line in lines if line]
        self.between = []

    def _end_table(self) -> None:
        table = self.open.pop()
        table.end_cell()
        self.tables += 1
        taken: dict[
            int, tuple[int, int]
        ] = {}  # column → (rows left under a merge, its value's row)
        for cells in table.rows:
            if table.holds_table and all(is_blank(cell.text) for cell in cells):
                continue
            self._lay(cells, taken)
        self._end_merges_at(len(self.grid.rows) - 1)

    def _lay(self, cells: list[_Cell], taken: dict) -> None:
        number, row = len(self.grid.rows), []
        for cell in cells:
            while self._is_taken(len(row), taken):
                row.append("")
            left, right = len(row), len(row) + cell.across - 1
            row += [cell.text, *[""] * (cell.across - 1)]
            if cell.is_formula:
                self.formulas.add((number, left))
            if cell.across > 1 or cell.down > 1:
                self.grid.merges.append(((number, left), (number + cell.down - 1, right)))
            if cell.down > 1:
                taken |= dict.fromkeys(range(left, right + 1), cell.down)
        while self._is_taken(len(row), taken):
            row.append("")
        for column in list(taken):
            taken[column] -= 1
        self.cells += len(row)
        if self.cells > MOST_CELLS:
            raise too_many_cells(self.name)
        self.grid.rows.append(row)

    @staticmethod
    def _is_taken(column: int, taken: dict) -> bool:
        return taken.get(column, 0) > 0

    def _end_merges_at(self, last: int) -> None:
        """A merge never reaches past its table."""
        self.grid.merges = [
            (start, (min(bottom, last), right)) for start, (bottom, right) in self.grid.merges
        ]


def open_web_page(name: str, text: str) -> Grid:
    """Raises FileRefused for a page without tables."""
    page = _Page(name)
    try:
        page.feed(text)
        grid = page.finish()
    except AssertionError:  # a declaration that the parser does not know
        raise _no_table(name) from None
    if not page.tables:
        raise _no_table(name)
    width = max(map(len, grid.rows), default=0)
    if width * len(grid.rows) > MOST_CELLS:
        raise too_many_cells(name)
    grid.rows = [row + [""] * (width - len(row)) for row in grid.rows]
    grid.formulas = frozenset(page.formulas)
    spread_merges_down(grid)
    return grid


def _span(attributes: dict[str, str | None], name: str) -> int:
    text = (attributes.get(name) or "").strip()
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    return max(1, min(number, WIDEST_SPAN) if name == "colspan" else number)


def _no_table(name: str) -> FileRefused:
    return FileRefused(
        f"“{name}”其实是网页，里面没有表格。用 Excel 或 WPS 打开，另存为 .xlsx 后再传。"
    )
