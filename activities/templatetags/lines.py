"""The lines of the board and the days of the calendar, written without a template: a page has
hundreds of them."""

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from activities.board import Line
from activities.calendar import Day, Piece, Slot
from activities.queries.calendar import Entry
from unionoffice.templatetags.ui import glyph, icon

register = template.Library()
WEEKDAYS = "一二三四五六日"
NOTHING = SafeString()
NO_PIECES = mark_safe('<p class="ae muted">今天没有安排</p>')
DRAFT = mark_safe('<span class="in-draft">起草中</span>')
KEPT_FREE = mark_safe('<span class="ev"></span>')


@register.simple_tag
def board_line(line: Line, movable: bool) -> SafeString:
    """An item or an unplanned activity in its month. `movable`: whether the user may move items."""
    item = line.item if movable else None
    address = reverse("activities:plan_item_month", args=[item]) if item else ""
    return format_html(
        '<li class="{}"{}>{}<span class="d">{}</span><a{} href="{}" title="{}">{}</a>{}{}{}</li>',
        line.css,
        format_html(' data-move="{}"', address) if item else NOTHING,
        glyph(line.look.glyph, line.look.word),
        line.when,
        format_html(' id="item-{}"', line.item) if line.item else NOTHING,
        line.url,
        line.text,
        line.text,
        mark_safe('<span class="shift">新增</span>') if line.added else NOTHING,
        format_html('<span class="shift {}">{}</span>', line.tone, line.note)
        if line.note
        else NOTHING,
        _mover(address, line.text) if item else NOTHING,
    )


def _mover(address: str, text: str) -> SafeString:
    return format_html(
        '<a class="mv" href="{}" data-move-button aria-label="换月：{}">{}换月</a>',
        address,
        text,
        icon("calendar3"),
    )


# ------------------------------------------------------------------ a month as a table
@register.simple_tag
def calendar_day(day: Day) -> SafeString:
    """A day of the month's table: its number, lunar words, 休 or 班, and what stands on it."""
    return format_html(
        '<td class="{}"><p class="dn"><time datetime="{}">{}{}</time>{}{}</p>{}{}</td>',
        " ".join(filter(None, ("we" * day.idle, "out" * (not day.inside), "today" * day.today))),
        day.day.isoformat(),
        day.number,
        mark_safe('<span class="sr">，今天</span>') if day.today else NOTHING,
        _mark(day),
        _lunar(day),
        format_html_join("", "{}", ((_slot(slot),) for slot in day.slots)),
        _rest(day, "ev", day.rest),
    )


def _mark(day: Day) -> SafeString:
    if not day.mark:
        return NOTHING
    work = day.mark == "班"
    said = f"{day.reason}{'调休上班' if work else '放假'}"
    box = '<span class="off{}" title="{}">{}<span class="sr">，{}</span></span>'
    return format_html(box, " work" * work, said, day.mark, said)


def _lunar(day: Day) -> SafeString:
    special = day.words.festival or day.words.term
    return format_html('<span class="lu{}">{}</span>', " fest" * bool(special), day.words.text)


def _slot(slot: Slot) -> SafeString:
    """A line of a day."""
    if slot.piece is None:
        return KEPT_FREE
    entry = slot.piece.entry
    if not slot.days:
        sentence = '<span class="ev"><span class="sr">{}，{}</span></span>'
        return format_html(sentence, entry.text, slot.piece.note)
    return format_html(
        '<a class="ev{}" href="{}" title="{} {}{}">{}<span>{}{}{}{}</span></a>',
        _look(slot),
        entry.url,
        entry.times,
        entry.text,
        _became(entry),
        glyph(entry.mark, entry.word),
        DRAFT if entry.draft else NOTHING,
        format_html('<span class="sr">{} </span>', entry.times) if entry.start else NOTHING,
        entry.text,
        format_html('<span class="sr">，{}</span>', slot.piece.note) if entry.long else NOTHING,
    )


def _became(entry: Entry) -> str:
    if entry.off:
        return f"（{entry.off}放假，停一次）"
    return f"（{entry.word}）" if entry.not_held else ""


def _look(slot: Slot) -> str:
    entry = slot.piece.entry
    names = {
        f"bar over-{slot.days}": entry.long,
        "s": entry.long and slot.begins,
        "e": entry.long and slot.ends,
        "struck": entry.struck,
        "late": entry.mark == "late",
        "past": entry.not_held,
    }
    return "".join(f" {name}" for name, holds in names.items() if holds)


def _rest(day: Day, css: str, number: int) -> SafeString:
    """The link to the day in its week, where all of it stands."""
    if not number:
        return NOTHING
    week, iso = reverse("activities:calendar_week"), day.day.isoformat()
    said = f"，{day.day.month}月{day.day.day}日"
    link = '<a class="{} rest" href="{}?day={}#d-{}">还有 {} 项<span class="sr">{}</span></a>'
    return format_html(link, css, week, iso, iso, number, said)


# ------------------------------------------------------------------ days as a list
@register.simple_tag
def agenda_day(day: Day, short: bool = False) -> SafeString:
    """A day of the list. `short`: a full one leads on to its week."""
    pieces, rest = (day.first_listed, day.others) if short else (day.pieces, 0)
    iso = day.day.isoformat()
    return format_html(
        '<li id="d-{}"{}><p class="ad"><time datetime="{}"><b>{}</b>日 星期{}</time>{}{}</p>{}{}</li>',
        iso,
        mark_safe(' class="today"') if day.today else NOTHING,
        iso,
        day.day.day,
        WEEKDAYS[day.day.weekday()],
        _lunar(day),
        _mark(day),
        format_html_join("", "{}", ((_agenda_line(piece),) for piece in pieces))
        or (NO_PIECES if day.today else NOTHING),
        _rest(day, "ae", rest),
    )


def _agenda_line(piece: Piece) -> SafeString:
    entry = piece.entry
    return format_html(
        '<a class="ae{}" href="{}">{}<span>{}{}{}{}{}</span></a>',
        " struck" * entry.struck + " past" * entry.not_held,
        entry.url,
        glyph(entry.mark, entry.word),
        DRAFT if entry.draft else NOTHING,
        _said(entry),
        format_html("<small>{}</small>", entry.word) if entry.not_held else NOTHING,
        format_html("<small>{}放假，停一次</small>", entry.off) if entry.off else NOTHING,
        format_html("<small>{}</small>", piece.note) if entry.long else NOTHING,
    )


def _said(entry: Entry) -> str:
    place = f"，{entry.place}" if entry.place else ""
    return f"{entry.times} {entry.text}{place}".strip()
