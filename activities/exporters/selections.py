"""What a selection is printed as: 公示, 推荐表, 推荐名单."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from activities.choices import NomineeState
from activities.models import Nominee, Selection
from unionoffice.documents.docx import as_docx
from unionoffice.documents.outline import Block, Document, Heading, Missing, Paragraph, Table
from unionoffice.documents.pdf import as_pdf
from unionoffice.documents.sheets import Box, Grid, Paper, Row, Sheet
from unionoffice.documents.sheets_docx import paper_docx
from unionoffice.documents.sheets_pdf import paper_pdf
from unionoffice.models import Office
from unionoffice.periods import chinese_date

PAPERS: Mapping[str, str] = {"notice": "公示", "names": "推荐名单", "forms": "推荐表"}
PUT_FORWARD = (NomineeState.CHOSEN, NomineeState.AWARDED)
BLANK_DAY = "　　　年　　月　　日"


def selection_paper_file(
    kind: str,
    selection: Selection,
    nominees: Sequence[Nominee],
    groups: Mapping[int, str],
    *,
    file_format: str,
    office: Office,
    today: date,
) -> tuple[bytes, str]:
    """(content, name of the file). `groups`: {member: name of the union group}."""
    if kind == "forms":
        paper = nomination_forms(selection, nominees, groups, office=office, today=today)
        return {"docx": paper_docx, "pdf": paper_pdf}[file_format](paper), paper.name
    outline = {"notice": notice_document, "names": names_document}[kind]
    document = outline(selection, nominees, groups, office=office, today=today)
    return {"docx": as_docx, "pdf": as_pdf}[file_format](document), document.name


def notice_document(
    selection: Selection,
    nominees: Sequence[Nominee],
    groups: Mapping[int, str],
    *,
    office: Office,
    today: date,
) -> Document:
    """公示: who is put forward, until when, and that remarks are heard."""
    shown = [row for row in nominees if row.state in PUT_FORWARD]
    title = f"关于{selection}拟推荐名单的公示"
    until = selection.public_until
    span = f"{chinese_date(selection.public_from)}至{chinese_date(until)}" if until else None
    return Document(
        title=(title,),
        blocks=(
            Paragraph(
                (f"下列{_what(shown)}拟推荐为{selection}（{selection.awarding_body}），现予公示。",)
            ),
            *_table(shown, groups),
            Paragraph(("公示时间：", span or Missing("公示从哪天到哪天"), "。")),
            Paragraph(("公示期间有不同意见的，可以向校工会反映。",)),
        ),
        signature=office.union_name,
        date=selection.public_from or today,
        subject=title,
        author=office.union_name,
    )


def names_document(
    selection: Selection,
    nominees: Sequence[Nominee],
    groups: Mapping[int, str],
    *,
    office: Office,
    today: date,
) -> Document:
    """推荐名单, with the deeds, to be reported."""
    shown = [row for row in nominees if row.state in PUT_FORWARD]
    return Document(
        title=(office.union_name, f"{selection}推荐名单"),
        addressee=office.higher_union_name,
        blocks=(
            Paragraph((f"现将{selection}推荐名单报上，共 {len(shown)} 名。",)),
            *_table(shown, groups),
            Heading(1, "主要事迹"),
            *_deeds(shown),
        ),
        signature=office.union_name,
        date=selection.submitted_on or today,
        subject=f"{selection}推荐名单",
        author=office.union_name,
    )


def _what(rows: Sequence[Nominee]) -> str:
    people = any(row.member_id for row in rows)
    return "同志" if people and all(row.member_id for row in rows) else "同志和集体"


def _table(rows: Sequence[Nominee], groups: Mapping[int, str]) -> Iterator[Block]:
    if not rows:
        yield Paragraph((Missing("拟上报的名单"),))
        return
    cells = tuple(
        (str(number), str(row), groups.get(row.member_id, "") or row.recommended_by)
        for number, row in enumerate(rows, start=1)
    )
    yield Table("", ("序号", "姓名或集体", "工会小组"), cells, widths=(1, 3, 3))


def _deeds(rows: Sequence[Nominee]) -> Iterator[Block]:
    for row in rows:
        paragraphs = [line.strip() for line in row.deeds.splitlines() if line.strip()]
        rest = (paragraphs[0],) if paragraphs else (Missing(f"{row}的主要事迹"),)
        yield Heading(2, f"{row}。", rest)
        yield from (Paragraph((line,)) for line in paragraphs[1:])


def nomination_forms(
    selection: Selection,
    nominees: Sequence[Nominee],
    groups: Mapping[int, str],
    *,
    office: Office,
    today: date,
) -> Paper:
    """推荐表: a page for each, those put forward first; a blank one where nobody is recommended."""
    rows: list[Nominee | None] = [row for row in nominees if row.state in PUT_FORWARD]
    rows = rows or list(nominees) or [None]
    return Paper(
        name=f"{selection}推荐表",
        sheets=tuple(_form(selection, row, groups, office) for row in rows),
        author=office.union_name,
        date=today,
    )


def _form(
    selection: Selection, row: Nominee | None, groups: Mapping[int, str], office: Office
) -> Sheet:
    member = row.member if row else None
    cells = _person(member, groups) if member or row is None else _group(row)
    opinion = f"\n\n\n（盖章）{BLANK_DAY}"
    return Sheet(
        grid=Grid(
            widths=(22, 34, 22, 34, 22, 34),
            rows=(
                *cells,
                Row((Box("推荐为", label=True), Box(str(selection), across=5, side="left")), 10),
                _wide("主要事迹", row.deeds if row else "", 96),
                _wide("工会小组\n意见", opinion, 30),
                _wide("校工会\n意见", opinion, 30),
                _wide("上级工会\n意见", opinion, 30),
            ),
        ),
        title=f"{selection}推荐表",
        left=office.union_name,
    )


def _person(member, groups: Mapping[int, str]) -> tuple[Row, ...]:
    """As far as the roster knows; the rest is left to be written by hand."""
    return (
        _three(
            ("姓名", member.name if member else ""),
            ("性别", member.get_gender_display() if member else ""),
            ("出生年月", member.birth_text[:7].replace("-", ".") if member else ""),
        ),
        _three(
            ("政治面貌", member.party if member else ""),
            ("职称", member.title if member else ""),
            ("工会小组", groups.get(member.pk, "") if member else ""),
        ),
    )


def _three(*pairs: tuple[str, str]) -> Row:
    boxes = ((Box(label, label=True), Box(text)) for label, text in pairs)
    return Row(tuple(box for pair in boxes for box in pair), 10)


def _group(row: Nominee) -> tuple[Row, ...]:
    return (Row((Box("集体名称", label=True), Box(str(row), across=5, side="left")), 10),)


def _wide(label: str, text: str, height: float) -> Row:
    return Row((Box(label, label=True), Box(text, across=5, side="left", top=True)), height)
