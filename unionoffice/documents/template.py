"""The empty DOCX of GB/T 9704-2012: page, styles, fonts with their substitutes, page numbers. Made once."""

from functools import cache
from io import BytesIO

import docx
from docx.document import Document as DocxDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm

from unionoffice.documents import measures as m
from unionoffice.documents.faces import (
    FACES,
    FANGSONG,
    HEADING_FACES,
    HEITI,
    SONGTI,
    XIAOBIAOSONG,
    Face,
)

BODY, TITLE, ADDRESSEE, MARK = "Body", "Title", "Addressee", "Mark"
CAPTION, HEAD, CELL, GAP = "Caption", "TableHead", "TableCell", "TableGap"
CLOSING, PART = "Closing", "Part"

INDENT = (
    f'<w:ind w:firstLineChars="{m.INDENT_CHARS * 100}" '
    f'w:firstLine="{m.twips(m.INDENT_CHARS * m.CELL)}"/>'
)

# Word's quarter of a character beside digits would move signature and date.
NO_GAPS = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'


def heading(level: int) -> str:
    return f"Heading{level}"


@cache
def template() -> bytes:
    document = docx.Document()
    _page(document.sections[0])
    _drop_parts(document)
    _settings(document)
    _styles(document)
    _font_table(document)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


# ------------------------------------------------------------------ page
def _page(section: Section) -> None:
    section.page_width, section.page_height = map(Mm, m.PAPER_MM)
    section.top_margin, section.right_margin = Mm(m.TOP_MM), Mm(m.RIGHT_MM)
    section.bottom_margin, section.left_margin = Mm(m.BOTTOM_MM), Mm(m.LEFT_MM)
    section.footer_distance = Mm(m.FOOTER_MM)
    section._sectPr.find(qn("w:docGrid")).set(qn("w:type"), "lines")
    section._sectPr.find(qn("w:docGrid")).set(qn("w:linePitch"), str(m.twips(m.LINE_PITCH)))
    _page_number(section.footer, "right")
    _page_number(section.even_page_footer, "left")


def _page_number(footer, side: str) -> None:
    """— 1 —, one character in from the outer edge (§7.5)."""
    footer.is_linked_to_previous = False
    size = m.twips(m.PAGE_NUMBER_SIZE)
    properties = f'<w:rPr>{run_fonts(SONGTI)}<w:sz w:val="{m.PAGE_NUMBER_SIZE * 2}"/></w:rPr>'
    run = f'<w:r>{properties}<w:t xml:space="preserve">{{}}</w:t></w:r>'
    footer._element.clear()
    footer._element.append(
        parse_xml(
            f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="Footer"/>'
            f'<w:ind w:{side}Chars="100" w:{side}="{size}"/><w:jc w:val="{side}"/></w:pPr>'
            f'{run.format("— ")}<w:fldSimple w:instr=" PAGE ">{run.format("1")}</w:fldSimple>'
            f"{run.format(' —')}</w:p>"
        )
    )


# ------------------------------------------------------------------ parts
def _drop_parts(document: DocxDocument) -> None:
    """What python-docx's own template brings along and no 公文 needs."""
    package, part = document.part.package, document.part
    for rels, kept in (
        (package.rels, {RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES}),
        (
            part.rels,
            {
                RELATIONSHIP_TYPE.STYLES,
                RELATIONSHIP_TYPE.SETTINGS,
                RELATIONSHIP_TYPE.FONT_TABLE,
                RELATIONSHIP_TYPE.THEME,
                RELATIONSHIP_TYPE.FOOTER,
            },
        ),
    ):
        for key in [key for key, rel in rels.items() if rel.reltype not in kept]:
            del rels[key]


def _settings(document: DocxDocument) -> None:
    settings = document.settings.element
    document.settings.odd_and_even_pages_header_footer = True
    settings.find(qn("w:zoom")).set(qn("w:percent"), "100")
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), "zh-CN")
    settings.find(qn("w:themeFontLang")).set(qn("w:eastAsia"), "zh-CN")
    mode = next(
        item
        for item in settings.iter(qn("w:compatSetting"))
        if item.get(qn("w:name")) == "compatibilityMode"
    )
    mode.set(qn("w:val"), "15")


def _font_table(document: DocxDocument) -> None:
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    fonts = "".join(map(_font, FACES))
    part._blob = f"<w:fonts {nsdecls('w')}>{fonts}</w:fonts>".encode()


def _font(face: Face) -> str:
    """Word takes the first of the substitutes that the machine has."""
    return (
        f'<w:font w:name="{face.name}"><w:altName w:val="{",".join(face.alternatives)}"/>'
        '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="default"/></w:font>'
    )


# ------------------------------------------------------------------ styles
def run_fonts(face: Face) -> str:
    slots = "".join(f' w:{slot}="{face.name}"' for slot in ("ascii", "hAnsi", "eastAsia", "cs"))
    return f'<w:rFonts w:hint="eastAsia"{slots}/>'


def _styles(document: DocxDocument) -> None:
    styles = document.styles.element
    for child in list(styles):
        styles.remove(child)
    for xml in (_defaults(), _normal(), *map(_style, _paragraph_styles())):
        styles.append(parse_xml(xml))


def _defaults() -> str:
    return (
        f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr>{run_fonts(FANGSONG)}"
        f'{_size(m.BODY_SIZE)}<w:lang w:val="zh-CN" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )


def _normal() -> str:
    """Line pitch is fixed and the grid left alone, or large type would be spread over two lines."""
    return (
        f'<w:style {nsdecls("w")} w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl w:val="0"/>'
        '<w:overflowPunct w:val="0"/><w:snapToGrid w:val="0"/>'
        f'{_pitch(m.LINE_PITCH)}<w:jc w:val="both"/></w:pPr>'
        f"<w:rPr>{run_fonts(FANGSONG)}{_tracking(m.TRACKING)}{_size(m.BODY_SIZE)}</w:rPr></w:style>"
    )


def _paragraph_styles():
    """(id, name, paragraph properties, run properties): each in the order the schema wants."""
    keep, centre = "<w:keepNext/>", '<w:jc w:val="center"/>'
    plain, small = _tracking(0), _tracking(0) + _size(m.TABLE_SIZE)
    row = _pitch(m.TABLE_PITCH)
    yield BODY, "Body Text", INDENT, run_fonts(FANGSONG)
    yield TITLE, "Title", keep + centre, run_fonts(XIAOBIAOSONG) + plain + _size(m.TITLE_SIZE)
    for level, face in HEADING_FACES.items():
        outline = f'<w:outlineLvl w:val="{level - 1}"/>'
        yield heading(level), f"heading {level}", keep + INDENT + outline, run_fonts(face)
    yield PART, "部分", keep + centre, run_fonts(HEITI)
    yield ADDRESSEE, "主送", "", run_fonts(FANGSONG)
    yield CLOSING, "落款", NO_GAPS, run_fonts(FANGSONG)
    yield MARK, "附件标识", "<w:keepNext/><w:pageBreakBefore/>", run_fonts(HEITI)
    yield CAPTION, "caption", keep + centre, run_fonts(HEITI) + small
    yield HEAD, "表头", row + centre, run_fonts(HEITI) + small
    yield CELL, "表文", row + '<w:jc w:val="left"/>', run_fonts(FANGSONG) + small
    yield GAP, "表后", _pitch(m.TABLE_GAP), _size(1)
    yield "Footer", "footer", _pitch(m.PAGE_NUMBER_SIZE), plain + _size(m.PAGE_NUMBER_SIZE)


def _style(parts: tuple[str, str, str, str]) -> str:
    key, name, paragraph, run = parts
    return (
        f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{paragraph}</w:pPr>'
        f"<w:rPr>{run}</w:rPr></w:style>"
    )


def _pitch(points: float) -> str:
    return f'<w:spacing w:before="0" w:after="0" w:line="{m.twips(points)}" w:lineRule="exact"/>'


def _tracking(points: float) -> str:
    return f'<w:spacing w:val="{m.twips(points)}"/>'


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'
