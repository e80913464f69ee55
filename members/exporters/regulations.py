"""制度 on paper: the list of them, and one in large type for the wall."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString

from members.models import Regulation
from unionoffice.documents.faces import FANGSONG, HEITI, XIAOBIAOSONG
from unionoffice.documents.outline import printable
from unionoffice.documents.pdf import html_as_pdf
from unionoffice.documents.stylesheet import FALLBACK, font_faces
from unionoffice.exports import TableExport
from unionoffice.models import Office
from unionoffice.periods import chinese_date

CHAPTER = re.compile(r"第[一二三四五六七八九十百]+[章编部]\s*\S{0,20}")
ARTICLE = re.compile(r"(第[一二三四五六七八九十百零]+条)\s*(.*)")
# the type is as large as one page holds; a text that is longer than that goes on in SMALLEST
SIZES, SMALLEST = (28, 26, 24, 22, 20, 18), 16  # points
WIDTH, HEIGHT, LEADING = 480, 590, 1.9  # points; with the gaps between paragraphs
INDENT = 2  # characters
WALL = """
@page {{ size: A4; margin: 22mm 20mm 20mm; @bottom-center {{ content: counter(page) " / " counter(pages); font: 10pt {song} }} }}
body {{ margin: 0; font: {size}pt/1.75 {song} }}
h1 {{ margin: 0 0 6mm; font: 30pt/1.35 {title}; text-align: center }}
h2 {{ margin: 5mm 0 2mm; font: 1.1em/1.5 {hei}; text-align: center; break-after: avoid }}
p {{ margin: 0 0 1.2mm; text-indent: 2em; text-align: justify; overflow-wrap: anywhere }}
p b {{ font: 1em {hei} }}
.how {{ margin: -3mm 0 7mm; text-indent: 0; text-align: center; font: 13pt/1.5 {song} }}
.who {{ margin-top: 8mm; text-indent: 0; text-align: right; break-before: avoid }}
"""


class RegulationRegister(TableExport):
    """`day`: the one that the last column tells of."""

    def __init__(self, regulations: Iterable[Regulation], day: date):
        self.regulations, self.day = regulations, day
        self.title = f"制度目录_{day}"
        self.columns = ("名称", "文号", "由谁通过", "施行", "废止前的最后一天", str(day))

    def rows(self) -> Iterator[tuple]:
        for each in self.regulations:
            yield (
                each.title,
                each.document_number,
                each.adopted_by,
                each.start,
                each.end,
                each.standing(self.day).label,
            )


def wall_pdf(regulation: Regulation, office: Office) -> bytes:
    """A4 in large type, to be hung up."""
    body = SafeString("").join(_body(regulation, office))
    style = WALL.format(
        size=size_for(regulation.text),
        song=f'"{FANGSONG.family}", {FALLBACK}',
        title=f'"{XIAOBIAOSONG.family}", {FALLBACK}',
        hei=f'"{HEITI.family}", {FALLBACK}',
    )
    return html_as_pdf(
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">'
        f"{format_html('<title>{}</title>', printable(regulation.title))}"
        f"<style>{font_faces()}{style}</style></head><body>{body}</body></html>"
    )


def size_for(text: str) -> int:
    paragraphs = paragraphs_of(text)

    def height(size: int) -> float:
        a_line = WIDTH // size
        lines = sum(-(-(len(p.head + p.rest) + INDENT) // a_line) for p in paragraphs)
        return (lines + sum(p.is_chapter for p in paragraphs)) * size * LEADING

    return next((size for size in SIZES if height(size) <= HEIGHT), SMALLEST)


def _body(regulation: Regulation, office: Office) -> Iterator[SafeString]:
    yield format_html("<h1>{}</h1>", printable(regulation.title))
    how = [regulation.document_number, regulation.adopted_by and f"{regulation.adopted_by}通过"]
    how.append(f"{chinese_date(regulation.start)}起施行")
    yield format_html('<p class="how">{}</p>', printable("　".join(filter(None, how))))
    yield from map(_printed, paragraphs_of(regulation.text))
    yield format_html('<p class="who">{}</p>', printable(office.union_name))


@dataclass(frozen=True)
class Paragraph:
    """`head` is 第一条, or the whole of a chapter's title."""

    head: str
    rest: str
    is_chapter: bool = False


def paragraphs_of(text: str) -> list[Paragraph]:
    return [_read(line.strip()) for line in text.splitlines() if line.strip()]


def _read(line: str) -> Paragraph:
    if CHAPTER.fullmatch(line):
        return Paragraph(line, "", is_chapter=True)
    article = ARTICLE.fullmatch(line)
    return Paragraph(*article.groups()) if article else Paragraph("", line)


def _printed(paragraph: Paragraph) -> SafeString:
    head, rest = printable(paragraph.head), printable(paragraph.rest)
    if paragraph.is_chapter:
        return format_html("<h2>{}</h2>", head)
    if head:
        return format_html("<p><b>{}</b>　{}</p>", head, rest)
    return format_html("<p>{}</p>", rest)
