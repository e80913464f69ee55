"""The lines of a Word document as it prints: numbering that Word counts itself, tracked changes as
accepted, text boxes and content controls; without headers, footers and comments."""

from collections.abc import Iterator
from itertools import islice

from docx.oxml.ns import nsmap, qn
from docx.oxml.simpletypes import ST_Merge

from activities.plan_reader.across import turn_table
from activities.plan_reader.columns import is_header
from activities.plan_reader.tables import cell_lines
from unionoffice.numerals import chinese_number

MOST_COLUMNS = 100
DEEPEST = 9  # levels of a list
TAKEN_OUT = frozenset(map(qn, ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:txbxContent")))
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
AROUND = frozenset(
    map(qn, ("w:sdt", "w:sdtContent", "w:customXml", "w:smartTag", "w:ins", "w:moveTo"))
)
SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
CHINESE = (
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
    "taiwaneseCountingThousand", "ideographDigital", "ideographTraditional",
)  # fmt: skip
CIRCLED = ("decimalEnclosedCircle", "decimalEnclosedCircleChinese")


def document_lines(document) -> list[str]:
    return list(_lines(document.element.body, Numbering(document)))


def _lines(parent, numbering: "Numbering") -> Iterator[str]:
    for block in _blocks(parent):
        if block.tag == qn("w:tbl"):
            yield from _table_lines(block, numbering)
        else:
            yield from _paragraph_lines(block, numbering)


def _blocks(parent) -> Iterator:
    for child in parent:
        if child.tag in (qn("w:p"), qn("w:tbl")):
            yield child
        elif child.tag in AROUND:
            yield from _blocks(child)


def _paragraph_lines(paragraph, numbering: "Numbering") -> Iterator[str]:
    text = "".join(_texts(paragraph))
    yield numbering.mark(paragraph) + text if text.strip() else text
    for box in paragraph.iter(qn("w:txbxContent")):
        if not any(above.tag == FALLBACK for above in box.iterancestors()):
            yield from _lines(box, numbering)


def _texts(element) -> Iterator[str]:
    for child in element:
        if child.tag in TAKEN_OUT or child.tag == FALLBACK:
            continue
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in SIGNS:
            yield SIGNS[child.tag]
        else:
            yield from _texts(child)


def _table_lines(table, numbering: "Numbering") -> Iterator[str]:
    header: list[str] = []
    kept = (row for row in _within(table, "w:tr") if row.find("w:trPr/w:del", nsmap) is None)
    for cells in turn_table([_cells(row, numbering) for row in kept]):
        if is_header(cells):
            header = cells
            yield "\t".join(cells)
        else:
            yield from cell_lines(cells, header)


def _within(parent, tag: str) -> Iterator:
    for child in parent:
        if child.tag == qn(tag):
            yield child
        elif child.tag in AROUND:
            yield from _within(child, tag)


def _cells(row, numbering: "Numbering") -> list[str]:
    """One text for each column; a merged cell speaks once, where it begins."""
    cells = []
    for cell in _within(row, "w:tc"):
        merged = cell.vMerge == ST_Merge.CONTINUE
        cells.append("" if merged else "\n".join(_lines(cell, numbering)))
        cells += [""] * (min(cell.grid_span, MOST_COLUMNS) - 1)
    return cells


class Numbering:
    """Counts the paragraphs of Word's lists: 一、 · （一） · 1. · ①."""

    def __init__(self, document):
        self.styles = {style.get(qn("w:styleId")): style for style in document.styles.element}
        self.lists: dict[str, tuple[str, dict]] = {}  # by numId: whose counter, its levels
        self.counts: dict[str, list[int]] = {}
        related = (part for part in document.part.rels.values() if not part.is_external)
        root = next((r.target_part for r in related if r.reltype.endswith("/numbering")), None)
        if root is not None:
            self._read(root.element)

    def _read(self, root) -> None:
        levels = {
            abstract.get(qn("w:abstractNumId")): {
                level.get(qn("w:ilvl")): level for level in abstract.findall(qn("w:lvl"))
            }
            for abstract in root.findall(qn("w:abstractNum"))
        }
        for num in root.findall(qn("w:num")):
            key, abstract = num.get(qn("w:numId")), _value(num, "w:abstractNumId")
            restarts = num.find("w:lvlOverride/w:startOverride", nsmap) is not None
            self.lists[key] = (f"num {key}" if restarts else abstract, levels.get(abstract, {}))

    def mark(self, paragraph) -> str:
        """The numbering that Word shows before the paragraph, "" for none."""
        key, level = self._place(paragraph)
        if key not in self.lists or not 0 <= level < DEEPEST:
            return ""
        counter, levels = self.lists[key]
        counts = self.counts.setdefault(counter, [0] * DEEPEST)
        counts[level] = counts[level] + 1 if counts[level] else _start(levels.get(str(level)))
        counts[level + 1 :] = [0] * (DEEPEST - level - 1)
        words = _mark(levels, level, counts)
        return f"{words} " if words else ""

    def _place(self, paragraph) -> tuple[str, int]:
        """numId and level: the paragraph's own, or its style's."""
        key = level = None
        properties = paragraph.find(qn("w:pPr"))
        for _ in range(DEEPEST):
            if properties is None:
                break
            number = properties.find(qn("w:numPr"))
            if number is not None:
                key = _value(number, "w:numId") if key is None else key
                level = _value(number, "w:ilvl") if level is None else level
            based = "w:pStyle" if properties.getparent() is paragraph else "w:basedOn"
            holder = properties if based == "w:pStyle" else properties.getparent()
            style = self.styles.get(_value(holder, based))
            properties = style.find(qn("w:pPr")) if style is not None else None
        return key or "0", int(level) if (level or "").isdecimal() else 0


def _value(element, tag: str) -> str | None:
    found = element.find(qn(tag))
    return found.get(qn("w:val")) if found is not None else None


def _start(level) -> int:
    start = _value(level, "w:start") if level is not None else None
    return int(start) if (start or "").isdecimal() else 1


def _mark(levels: dict, level: int, counts: list[int]) -> str:
    shown = levels.get(str(level))
    if shown is None:
        return ""
    if _value(shown, "w:numFmt") == "bullet":
        return "·"
    words = _value(shown, "w:lvlText") or ""
    for other, count in enumerate(islice(counts, level + 1)):
        sign = f"%{other + 1}"
        if sign in words:
            numeral = _numeral(_value(levels.get(str(other), shown), "w:numFmt"), count)
            if not numeral:
                return ""
            words = words.replace(sign, numeral)
    return words


def _numeral(style: str | None, count: int) -> str:
    """The number in the list's own style; "" for one that no plan is read with."""
    if style in CHINESE and 0 < count < 100:
        return chinese_number(count)
    if style in CIRCLED and 0 < count <= 20:
        return chr(ord("①") + count - 1)
    if style in ("upperLetter", "lowerLetter") and 0 < count <= 8:
        return chr(ord("A") + count - 1)
    return str(count) if style in ("decimal", "decimalZero", "decimalFullWidth", None) else ""
