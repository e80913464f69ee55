"""Components that templates share: icons, people, money, dates, bars, heads, empty states.

They are called in row loops, so they only put strings together.
"""

from datetime import date
from decimal import Decimal
from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from unionoffice.facts import Fact
from unionoffice.menu import section_for
from unionoffice.periods import Precision, chinese_date

register = template.Library()

TINTS = 6
SOON_DAYS = 3
WEEKDAYS = "一二三四五六日"
NOTE_ICONS = {
    "": "info-circle",
    "good": "check-circle-fill",
    "warn": "exclamation-triangle-fill",
    "bad": "exclamation-octagon-fill",
}
SPARK_SLOT, SPARK_BAR, SPARK_HEIGHT = 9.6, 6.6, 30  # SVG units; twelve slots make 112 wide
EMPTY_PICTURE = mark_safe(
    '<svg viewBox="0 0 220 128" aria-hidden="true">'
    '<g fill="var(--paper-0)" stroke="var(--line-300)" stroke-dasharray="4 4">'
    '<rect x="34" y="20" width="152" height="30" rx="8"/>'
    '<rect x="34" y="84" width="152" height="30" rx="8"/></g>'
    '<rect x="22" y="50" width="176" height="34" rx="9" fill="var(--paper-0)" stroke="var(--ink-300)"/>'
    '<circle cx="44" cy="67" r="9" fill="var(--plum-100)"/>'
    '<rect x="62" y="59" width="56" height="6" rx="3" fill="var(--line-300)"/>'
    '<rect x="62" y="70" width="88" height="5" rx="2.5" fill="var(--paper-200)"/>'
    '<rect x="164" y="60" width="22" height="14" rx="7" fill="var(--green-100)"/></svg>'
)


@register.simple_tag
@lru_cache
def icon(name: str) -> SafeString:
    return format_html(
        '<svg class="ico" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        static("icons.svg"),
        name,
    )


@register.simple_tag
@lru_cache
def glyph(name: str, label: str = "") -> SafeString:
    """plan doing done late moved off extra. Without `label`, a word has to stand beside it."""
    spoken = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="glyph" {}><use href="{}#g-{}"/></svg>',
        mark_safe(spoken),
        static("icons.svg"),
        name,
    )


@register.simple_tag
@lru_cache
def state(name: str, word: str) -> SafeString:
    return format_html('<span class="state">{}{}</span>', glyph(name), word)


@register.simple_tag
@lru_cache
def seal() -> SafeString:
    return format_html(
        '<svg class="seal" aria-hidden="true"><use href="{}#seal"/></svg>', static("icons.svg")
    )


@register.simple_tag
def who(name: str, size: str = "") -> SafeString:
    """The first character of a name in a circle, always in the same tint. `size`: sm, lg."""
    tint = sum(map(ord, name)) % TINTS + 1
    return mark_safe(
        f'<span class="who t{tint} {size}" aria-hidden="true">{conditional_escape(name[:1])}</span>'
    )


@register.simple_tag
def tag(text: str, tone: str = "") -> SafeString:
    """A kind or role in a word or two. `tone`: indigo green amber red plum."""
    return mark_safe(f'<span class="tag {tone}">{conditional_escape(text)}</span>')


@register.simple_tag
def due(text: str, tone: str = "") -> SafeString:
    """A deadline in words. `tone`: today, soon, late."""
    return mark_safe(f'<span class="due {tone}">{conditional_escape(text)}</span>')


@register.simple_tag
def due_day(day: date, today: date) -> SafeString:
    """A deadline as one says it on `today`: 逾期 7 天, 今天, 明天, 剩 3 天, 周五, 11月30日."""
    left = (day - today).days
    if left < 0:
        return due(f"逾期 {-left} 天", "late")
    if left <= 1:
        return due("今天" if left == 0 else "明天", "today" if left == 0 else "soon")
    if left <= SOON_DAYS:
        return due(f"剩 {left} 天", "soon")
    return due(_weekday_or_date(day, today))


def _weekday_or_date(day: date, today: date) -> str:
    if day.isocalendar()[:2] == today.isocalendar()[:2]:
        return f"周{WEEKDAYS[day.weekday()]}"
    return f"{day.month}月{day.day}日" if day.year == today.year else chinese_date(day)


@register.simple_tag
def number(value: int | Decimal | None) -> str:
    """28,300 on the screen; cents only where there are any; "" for None."""
    if value is None:
        return ""
    return f"{value:,.2f}".removesuffix(".00") if isinstance(value, Decimal) else f"{value:,}"


@register.simple_tag
def hours(value: Decimal | None) -> str:
    """2, 11.5, 1,200: with the places that say something; "" for None."""
    return "" if value is None else f"{value.normalize():,f}"


@register.simple_tag
def figure(fact: Fact) -> str:
    """The number of a fact without its unit: 28,300; 600.50 of money; 54.2 of an average."""
    if fact.unit == "元" or not isinstance(fact.value, Decimal):
        return number(fact.value)
    return fact.text


@register.simple_tag
def money(amount: Decimal | int | None) -> str:
    return "" if amount is None else f"{number(amount)} 元"


@register.simple_tag
def partial_date(day: date | None, precision: str = Precision.DAY) -> str:
    """2026年3月8日, or only as much of it as is known."""
    return "" if day is None else chinese_date(day, precision)


@register.simple_tag
def meter(used: Decimal, now: Decimal = 0, limit: Decimal | None = None) -> SafeString:
    """An amount against its limit: what was given, what is given now, what goes over."""
    total = used + now
    limit = total if limit is None else limit
    within, over = min(total, limit), max(total - limit, 0)
    scale = Decimal(100) / (max(total, limit) or 1)
    shown_used = min(used, within)
    label = f"已用 {money(used)}，本次 {money(now)}，上限 {money(limit)}"
    start, end = shown_used * scale, within * scale
    return mark_safe(
        '<svg class="meter" viewBox="0 0 100 8" preserveAspectRatio="none" role="img"'
        f' aria-label="{label}{f"，超出 {money(over)}" if over else ""}">'
        f'<rect class="used" width="{start:.1f}" height="8"/>'
        f'<rect class="now" x="{start:.1f}" width="{end - start:.1f}" height="8"/>'
        f"{_over(end) if over else ''}</svg>"
    )


def _over(start: Decimal) -> str:
    return (
        f'<rect class="over" x="{start:.1f}" width="{100 - start:.1f}" height="8"/>'
        f'<path class="hatch" d="M{start:.1f} 4H100"/><path class="cap" d="M{start:.1f} 0v8"/>'
    )


@register.simple_tag
def track(done: int, whole: int, label: str, tone: str = "") -> SafeString:
    """How much of a span of time has gone. `tone`: calm, late."""
    return format_html(
        '<svg class="track {}" viewBox="0 0 100 8" preserveAspectRatio="none" role="img"'
        ' aria-label="{}"><rect width="{}" height="8"/></svg>',
        tone,
        label,
        f"{_share(done, whole):.1f}",
    )


@register.simple_tag
def bar(part: int, whole: int) -> SafeString:
    """A small bar beside a number that says the same."""
    return mark_safe(
        '<svg class="barn" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{_share(part, whole):.0f}" height="6"/></svg>'
    )


def _share(part: int, whole: int) -> float:
    return min(100.0, 100 * part / whole) if whole else 0.0


@register.simple_tag
def spark(bars: list[int | None], label: str) -> SafeString:
    """Twelve months as bars; None is a month that hasn't come. The last that has is marked."""
    top = max((value for value in bars if value), default=1)
    latest = sum(value is not None for value in bars) - 1
    return format_html(
        '<svg class="spark" viewBox="0 0 112 30" role="img" aria-label="{}">{}</svg>',
        label,
        format_html_join(
            "",
            '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="1"/>',
            (_spark_bar(index, value, top, latest) for index, value in enumerate(bars)),
        ),
    )


def _spark_bar(index: int, value: int | None, top: int, latest: int) -> tuple:
    height = 2 if not value else max(2, (SPARK_HEIGHT - 1) * value / top)
    kind = "ahead" if value is None else "now" if index == latest else ""
    left, top_edge = index * SPARK_SLOT, SPARK_HEIGHT - height
    return kind, f"{left:.1f}", f"{top_edge:.1f}", SPARK_BAR, f"{height:.1f}"


@register.simple_block_tag
def block_head(content: str, title: str, count: int | None = None) -> SafeString:
    """The title of a block over its line. The body is what stands at its right or beside it."""
    counted = "" if count is None else format_html('<span class="n">{}</span>', count)
    return format_html(
        '<div class="block-head"><h2>{}</h2>{}{}</div>', title, counted, mark_safe(content.strip())
    )


@register.simple_block_tag
def note(content: str, tone: str = "") -> SafeString:
    """Advice beside its cause. `tone`: good, warn, bad. The body holds <p> and, if any, .acts."""
    return format_html(
        '<div class="note {}">{}<div>{}</div></div>',
        tone,
        icon(NOTE_ICONS[tone]),
        mark_safe(content.strip()),
    )


@register.simple_block_tag
def panel(content: str, title: str) -> SafeString:
    return format_html(
        '<section class="panel"><h2 class="h-s">{}</h2>{}</section>', title, mark_safe(content)
    )


@register.simple_tag
def empty_state(
    title: str, text: str = "", url: str = "", label: str = "", url2: str = "", label2: str = ""
) -> SafeString:
    """What stands here later, and the one or two ways to begin."""
    return format_html(
        '<div class="empty">{}<h2>{}</h2>{}{}</div>',
        EMPTY_PICTURE,
        title,
        format_html("<p>{}</p>", text) if text else "",
        _acts([(url, label, "primary"), (url2, label2, "outline-secondary")]),
    )


def _acts(acts: list[tuple[str, str, str]]) -> SafeString:
    links = format_html_join(
        "",
        '<a class="btn btn-{}" href="{}">{}</a>',
        ((look, url, label) for url, label, look in acts if url),
    )
    return format_html('<div class="acts">{}</div>', links) if links else links


@register.simple_tag(takes_context=True)
def section_tabs(context, name: str, label: str) -> SafeString:
    """The pages of one part of the office that the user may open; "" when there is only this one.
    `name`: a key of menu.SECTIONS."""
    request = context["request"]
    entries = section_for(name, request.user, request.path)
    if len(entries) < 2:
        return SafeString()
    links = (
        (entry.url, mark_safe(' aria-current="page"' * entry.current), entry.label)
        for entry in entries
    )
    return format_html(
        '<nav class="section-tabs" aria-label="{}">{}</nav>',
        label,
        format_html_join("", '<a href="{}"{}>{}</a>', links),
    )


@register.simple_tag(takes_context=True)
def filter_field(context, field) -> SafeString:
    """One field of a list's filter: the search box, a choice, or a value carried along unseen. One
    that is set has a cross that clears it."""
    if field.field.widget.input_type == "search":
        box = '<label class="find">{}<span class="sr">{}</span>{}</label>'
        return format_html(box, icon("search"), field.label, field) + _filter_errors(field)
    if field.is_hidden:
        return (str(field) if field.value() else SafeString()) + _filter_errors(field)
    return format_html(
        '<span class="filter {}">{}{}{}{}</span>',
        "bad" if field.errors else "",
        format_html('<label for="{}">{}</label>', field.id_for_label, field.label)
        if field.label
        else "",
        field,
        _clear(context, field),
        field.errors,
    )


def _clear(context, field) -> SafeString:
    """The link to the same list without this filter."""
    request = context.get("request")
    if request is None or not request.GET.get(field.html_name):
        return SafeString()
    query = request.GET.copy()
    for name in (field.html_name, "page"):
        query.pop(name, None)
    return format_html(
        '<a class="x" href="{}?{}" aria-label="去掉{}">{}</a>',
        request.path,
        query.urlencode(),
        field.field.widget.attrs.get("aria-label") or field.label,
        icon("x-lg"),
    )


def _filter_errors(field) -> SafeString:
    errors = field.errors
    return format_html('<span class="filter bad">{}</span>', errors) if errors else SafeString()


@register.inclusion_tag("partials/pager.html", takes_context=True)
def pager(context, page, unit: str = "条") -> dict:
    """Which rows of how many, and the other pages; the rest of the address stays."""
    return {
        "request": context["request"],
        "page": page,
        "unit": unit,
        "numbers": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
    }


@register.filter
def undo_url(message) -> str:
    """The address after "undo:" in a message's extra tags; "" for other tags or none."""
    return (message.extra_tags or "").partition("undo:")[2]
