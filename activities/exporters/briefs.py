"""简报: one page about one activity: its cover photo, three sentences, figures. From what was
recorded; what was not is 【待补】."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from django.utils.html import format_html, format_html_join
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor

from activities.choices import Attendance
from activities.exporters.pictured import (
    LINE_MM,
    a4_paper,
    add_centred,
    add_paragraph,
    as_address,
    photo_bytes,
    write,
)
from activities.models import Activity
from activities.queries.photos import covers_of
from activities.rules import when_text
from unionoffice.documents.docx import author_of, settled
from unionoffice.documents.faces import FANGSONG, HEITI, XIAOBIAOSONG
from unionoffice.documents.outline import Missing, printable
from unionoffice.documents.pdf import html_as_pdf
from unionoffice.documents.stylesheet import FALLBACK, font_faces
from unionoffice.facts import number_text
from unionoffice.models import Office
from unionoffice.periods import chinese_date

MOST_LETTERS = (88, 58, 160)  # of each sentence: so much stands on the page in any case
LONGEST_TITLE, LONGEST_CAPTION = 44, 30
PHOTO_MM = 80  # the height of the photo
ENDS = "。！？；"
RED = RGBColor(0xCC, 0, 0)

STYLE = f"""
@page {{ size: A4; margin: 25mm 26mm 20mm 28mm }}
body {{ margin: 0; font: 14pt/1.57 "{FANGSONG.family}", {FALLBACK}; text-align: justify }}
.head {{ font: 22pt/1.4 "{XIAOBIAOSONG.family}", {FALLBACK}; text-align: center; color: #c00; margin: 0 }}
.by {{ display: flex; justify-content: space-between; font-size: 12pt; border-bottom: 1.5pt solid #c00; margin: 0 0 5mm; padding-bottom: 1mm }}
h1 {{ font: 20pt/1.4 "{XIAOBIAOSONG.family}", {FALLBACK}; text-align: center; margin: 0 0 4mm }}
figure {{ margin: 0 0 3mm; text-align: center }}
img {{ max-width: {LINE_MM}mm; max-height: {PHOTO_MM}mm }}
figcaption {{ font-size: 11pt; line-height: 1.4 }}
p {{ margin: 0; text-indent: 2em; overflow-wrap: anywhere }}
table {{ border-collapse: collapse; margin-top: 4mm; width: 100% }}
th, td {{ border: .6pt solid #000; padding: 1mm 2mm; font-size: 12pt; line-height: 1.4; text-align: center; font-weight: normal }}
th {{ font-family: "{HEITI.family}", {FALLBACK} }}
"""


@dataclass(frozen=True)
class Brief:
    """`figures`: (what, how much), three or four; `photo`: its bytes, with its width and height."""

    title: str
    issuer: str
    date: date
    sentences: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
    photo: bytes = b""
    size: tuple[int, int] = (4, 3)
    caption: str = ""

    @property
    def name(self) -> str:
        return f"简报_{self.title}"


def brief_of(activity: Activity, *, office: Office, today: date) -> Brief:
    cover = covers_of([activity.pk]).get(activity.pk)
    return Brief(
        title=shortened(activity.title, LONGEST_TITLE),
        issuer=office.union_name,
        date=today,
        sentences=tuple(
            cut(text, most)
            for text, most in zip(sentences_of(activity, office), MOST_LETTERS, strict=True)
        ),
        figures=tuple(_figures(activity)),
        photo=photo_bytes(cover) if cover else b"",
        size=(cover.width, cover.height) if cover else (4, 3),
        caption=shortened(cover.caption, LONGEST_CAPTION) if cover else "",
    )


def sentences_of(activity: Activity, office: Office) -> Iterator[str]:
    """When, who, where, what; who came; what came of it."""
    when = when_text(activity.day, activity.precision, activity.time, activity.last_day)
    who = activity.organiser or (str(activity.group) if activity.group else office.union_name)
    where = activity.place or (str(activity.venue) if activity.venue else _gap("地点"))
    yield f"{when}，{who}在{where}举办“{shortened(activity.title, LONGEST_TITLE)}”。"
    people = f"{activity.headcount}人" if activity.headcount else _gap("参加人数")
    helped = f"，{activity.co_organisers}协办" if activity.co_organisers else ""
    yield f"{activity.audience}{people}参加{helped}。"
    yield ended(activity.outcome.strip() or activity.highlight.strip() or _gap("结果"))


def _gap(what: str) -> str:
    return Missing(what).text


def ended(text: str) -> str:
    """In one paragraph, with a point at its end."""
    text = "".join(line.strip() for line in text.splitlines())
    return text if text[-1] in ENDS + "】" else f"{text}。"


def _figures(activity: Activity) -> Iterator[tuple[str, str]]:
    yield "参加人数", str(activity.headcount) if activity.headcount else _gap("参加人数")
    came = activity.participations.filter(attendance=Attendance.PRESENT).count()
    if came and came != activity.headcount:
        yield "名单上到场", str(came)
    prizes = sum(activity.prizes.values_list("people", flat=True))
    if prizes:
        yield "评出奖项", f"{prizes}名"
    study = getattr(activity, "study", None)
    if study and study.hours is not None:
        yield "学时", number_text(study.hours)


def cut(text: str, most: int) -> str:
    """At the last end of a sentence that still has room, with …; within it where there is none."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    end = max(head.rfind(sign) for sign in ENDS)
    return f"{head[: end + 1] if end >= most // 3 else head}…"


def shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


# ------------------------------------------------------------------ PDF
def brief_pdf(brief: Brief) -> bytes:
    return html_as_pdf(brief_html(brief))


def brief_html(brief: Brief) -> str:
    sentences = format_html_join("", "<p>{}</p>", ((printable(s),) for s in brief.sentences))
    heads = format_html_join("", "<th>{}</th>", ((name,) for name, _ in brief.figures))
    cells = format_html_join("", "<td>{}</td>", ((value,) for _, value in brief.figures))
    body = format_html(
        '<div class="head">工会活动简报</div><div class="by"><span>{}</span><span>{}</span></div>'
        "<h1>{}</h1>{}{}<table><tr>{}</tr><tr>{}</tr></table>",
        printable(brief.issuer),
        chinese_date(brief.date),
        printable(brief.title),
        _figure(brief),
        sentences,
        heads,
        cells,
    )
    head = format_html('<meta charset="utf-8"><title>{}</title>', printable(brief.name))
    style = f"<style>{font_faces()}{STYLE}</style>"
    return f'<!DOCTYPE html><html lang="zh-CN"><head>{head}{style}</head><body>{body}</body></html>'


def _figure(brief: Brief) -> str:
    if not brief.photo:
        return format_html("<p>{}</p>", _gap("照片"))
    caption = format_html("<figcaption>{}</figcaption>", brief.caption) if brief.caption else ""
    return format_html('<figure><img src="{}" alt="">{}</figure>', as_address(brief.photo), caption)


# ------------------------------------------------------------------ Word
def brief_docx(brief: Brief) -> bytes:
    paper = a4_paper()
    add_centred(paper, "工会活动简报", XIAOBIAOSONG.name, 22, RED)
    add_centred(paper, f"{brief.issuer}　{chinese_date(brief.date)}", FANGSONG.name, 12)
    add_centred(paper, brief.title, XIAOBIAOSONG.name, 20)
    _picture(paper, brief)
    for sentence in brief.sentences:
        paragraph = add_paragraph(paper, sentence, FANGSONG.name, 14)
        paragraph.paragraph_format.first_line_indent = Pt(28)
        paragraph.paragraph_format.line_spacing = Pt(22)
    _table(paper, brief)
    author_of(paper, brief.name, brief.issuer, brief.date)
    stream = BytesIO()
    paper.save(stream)
    return settled(stream)


def _picture(paper, brief: Brief) -> None:
    if not brief.photo:
        add_paragraph(paper, _gap("照片"), FANGSONG.name, 14)
        return
    width, height = brief.size
    paragraph = paper.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(0)
    wide = min(LINE_MM, PHOTO_MM * width / height)
    paragraph.add_run().add_picture(BytesIO(brief.photo), width=Mm(wide))
    if brief.caption:
        add_centred(paper, brief.caption, FANGSONG.name, 11)


def _table(paper, brief: Brief) -> None:
    add_paragraph(paper, "", FANGSONG.name, 6)
    table = paper.add_table(rows=2, cols=len(brief.figures), style="Table Grid")
    for column, pair in enumerate(brief.figures):
        for row, (text, face) in enumerate(zip(pair, (HEITI.name, FANGSONG.name), strict=True)):
            paragraph = table.cell(row, column).paragraphs[0]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            write(paragraph, text, face, 12)
