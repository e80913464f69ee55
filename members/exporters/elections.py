"""The report on an election to the higher union, in the form of a 公文, from what is recorded."""

from collections.abc import Iterator
from datetime import date

from members.choices import ElectionKind
from members.models import Candidate, Election
from members.queries import by_office, candidates
from members.rules.terms import BODIES
from unionoffice.documents.docx import as_docx
from unionoffice.documents.outline import (
    Block,
    Document,
    Heading,
    Missing,
    Paragraph,
    Span,
    Table,
)
from unionoffice.documents.pdf import as_pdf
from unionoffice.models import Office
from unionoffice.periods import chinese_date

FORMATS = {"docx": as_docx, "pdf": as_pdf}
COLUMNS = ("工会职务", "姓名", "性别", "出生年月", "政治面貌", "得票")
WIDTHS = (24, 16, 9, 18, 19, 14)


def election_document(election: Election, *, office: Office, today: date) -> Document:
    """【待补】 stands for what nobody recorded."""
    elected = by_office(row for row in candidates(election) if row.elected)
    return Document(
        title=(office.union_name, _title(election, elected)),
        addressee=office.higher_union_name,
        blocks=tuple(_blocks(election, elected, office)),
        signature=office.union_name,
        date=election.reported_on or today,
        subject=_title(election, elected),
        author=office.union_name,
    )


def _title(election: Election, elected: list[Candidate]) -> str:
    if election.kind == ElectionKind.GENERAL:
        return f"关于{election.term}选举结果的报告"
    offices = list(dict.fromkeys(row.get_office_display() for row in elected))
    return f"关于补选{'、'.join(offices) if len(offices) <= 2 else '工会委员'}结果的报告"


def _blocks(election: Election, elected: list[Candidate], office: Office) -> Iterator[Block]:
    yield Paragraph(_opening(election, office))
    yield Heading(1, "选举情况")
    yield Paragraph(_count(election))
    yield Heading(1, "选举结果")
    if not elected:
        yield Paragraph((Missing("当选的人"),))
    for name, offices in BODIES:
        rows = [row for row in elected if row.office in offices]
        if rows:
            yield Paragraph((f"当选{name}的 {len({row.member_id for row in rows})} 人：",))
            yield Table("", COLUMNS, tuple(map(_row, rows)), widths=WIDTHS)
    yield Paragraph(("以上选举结果，报请批准。",))


def _opening(election: Election, office: Office) -> tuple[Span, ...]:
    where = f"{office.self_word}工会" if office.self_word else "本会"
    day = chinese_date(election.day)
    if election.kind == ElectionKind.GENERAL:
        years = f"，任期到{chinese_date(election.term.planned_end)}"
        return (f"{day}，{where}选举产生{election.term}{years}。现将选举结果报告如下：",)
    return (f"{day}，{where}在{election.term}任期内进行补选。现将选举结果报告如下：",)


def _count(election: Election) -> tuple[Span, ...]:
    return (
        "应到会",
        *_number(election.entitled, "人", "应到人数"),
        "，实到会",
        *_number(election.present, "人", "实到人数"),
        "。发出选票",
        *_number(election.ballots_issued, "张", "发出选票"),
        "，收回选票",
        *_number(election.ballots_returned, "张", "收回选票"),
        "，其中有效选票",
        *_number(election.ballots_valid, "张", "有效选票"),
        f"。{election.note.rstrip('。')}。" if election.note else "。",
    )


def _number(value: int | None, unit: str, what: str) -> tuple[Span, ...]:
    return (Missing(what),) if value is None else (f" {value} {unit}",)


def _row(row: Candidate) -> tuple[Span, ...]:
    member = row.member
    return (
        row.get_office_display(),
        member.name,
        member.get_gender_display() or Missing("性别"),
        member.birth_text[:7].replace("-", ".") or Missing("出生年月"),
        member.party or Missing("政治面貌"),
        Missing("得票") if row.votes is None else str(row.votes),
    )
