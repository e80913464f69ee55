"""Outline -> the paper shown in the browser, where every figure leads to its records. The page
around it has the one h1."""

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from unionoffice.documents.outline import (
    Cell,
    Document,
    Figure,
    Heading,
    Labelled,
    Missing,
    Paragraph,
    Part,
    Span,
    Table,
    attachment_lines,
    attachment_mark,
    labelled,
    spans_of,
)

LOCAL = re.compile(r"/(?!/)")


def as_html(document: Document) -> SafeString:
    """One `section.paper` for the text and one for each attachment."""
    text, *others = labelled(document)
    return _joined(
        [_text(document, text)]
        + [
            _attachment(attachment_mark(document, number), attachment.title, items)
            for number, (attachment, items) in enumerate(
                zip(document.attachments, others, strict=True), start=1
            )
        ]
    )


def _text(document: Document, items: list[Labelled]) -> SafeString:
    return format_html(
        '<section class="paper" lang="zh-CN">{}{}{}{}</section>',
        _title(document.title),
        format_html('<p class="gw-to">{}：</p>', document.addressee) if document.addressee else "",
        _joined(map(_block, items)),
        _closing(document),
    )


def _attachment(mark: str, title: str, items: list[Labelled]) -> SafeString:
    return format_html(
        '<section class="paper" lang="zh-CN"><p class="gw-mark">{}</p>{}{}</section>',
        mark,
        _title((title,)),
        _joined(map(_block, items)),
    )


def _title(lines: tuple[str, ...]) -> SafeString:
    return format_html(
        '<h2 class="gw-title">{}</h2>',
        format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines)),
    )


def _joined(parts) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


# ------------------------------------------------------------------ blocks
def _block(item: Labelled) -> SafeString:
    match item.block:
        case Table():
            return _table(item, item.block)
        case Part(text=text):
            return format_html('<p class="gw-part" role="heading" aria-level="3">{}</p>', text)
        case Heading(rest=()):
            return _heading(item, item.block.level)
        case Heading(level=level, rest=rest):
            lead = format_html('<span class="gw-h{}">{}</span>', level, item.heading)
            return format_html('<p class="gw-p">{}{}</p>', lead, _spans(rest))
        case Paragraph(spans=spans):
            return format_html('<p class="gw-p">{}</p>', _spans(spans))


def _heading(item: Labelled, level: int) -> SafeString:
    return format_html(
        '<p class="gw-p gw-h{}" role="heading" aria-level="{}">{}</p>',
        level,
        level + 2,
        item.heading,
    )


def _table(item: Labelled, table: Table) -> SafeString:
    return format_html(
        '<table class="gw-table">{}<thead><tr>{}</tr></thead><tbody>{}</tbody></table>',
        format_html("<caption>{}</caption>", item.caption) if item.caption else "",
        format_html_join("", '<th scope="col">{}</th>', ((column,) for column in table.columns)),
        format_html_join("", "<tr>{}</tr>", ((_cells(row, table.sides),) for row in table.rows)),
    )


def _cells(row: tuple[Cell, ...], sides: tuple[str, ...]) -> SafeString:
    return format_html_join(
        "",
        '<td class="gw-{}">{}</td>',
        ((side, _spans(spans_of(cell))) for cell, side in zip(row, sides, strict=True)),
    )


# ------------------------------------------------------------------ spans
def _spans(spans: tuple[Span, ...]) -> SafeString:
    return _joined(map(_span, spans))


def _span(span: Span) -> str:
    match span:
        case Missing():
            return format_html('<span class="num off">{}</span>', span.text)
        case Figure():
            return format_html("{}{}", _number(span), span.suffix)
    return span


def _number(figure: Figure) -> str:
    """A link to the list behind the number. Only addresses of this office become links."""
    fact = figure.fact
    if figure.missing:
        return format_html('<span class="num off" title="{}">{}</span>', fact.label, figure.number)
    if not LOCAL.match(fact.source):
        return format_html('<span title="{}">{}</span>', fact.label, figure.number)
    return format_html(
        '<a class="num" href="{}" title="{}">{}</a>', fact.source, fact.label, figure.number
    )


# ------------------------------------------------------------------ signature
def _closing(document: Document) -> SafeString:
    return format_html(
        '{}<div class="gw-close"><p>{}</p><p class="gw-date">{}</p></div>{}',
        format_html_join(
            "", '<p class="gw-annex">{}</p>', ((line,) for line in attachment_lines(document))
        ),
        document.signature,
        document.dated,
        format_html('<p class="gw-p">（{}）</p>', document.note) if document.note else "",
    )
