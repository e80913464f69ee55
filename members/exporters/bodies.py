"""领导小组组成人员 as a paper."""

from collections.abc import Sequence
from datetime import date

from members.models import WorkingGroup, WorkingGroupSeat
from unionoffice.documents.docx import as_docx
from unionoffice.documents.outline import Block, Document, Missing, Paragraph, Table
from unionoffice.documents.pdf import as_pdf
from unionoffice.models import Office

RENDERERS = {"docx": as_docx, "pdf": as_pdf}


def seats_document(
    working_group: WorkingGroup, seats: Sequence[WorkingGroupSeat], office: Office, today: date
) -> Document:
    title = f"{working_group}组成人员"
    blocks: list[Block] = [
        Paragraph((line,)) for line in working_group.duty.splitlines() if line.strip()
    ]
    rows = tuple((one.get_role_display(), str(one.member), one.member.post) for one in seats)
    if rows:
        blocks.append(Table("", ("做什么", "姓名", "职务"), rows, (1, 1, 2)))
    else:
        blocks.append(Paragraph((Missing("组成人员"),)))
    return Document(
        title=(title,),
        blocks=tuple(blocks),
        signature=office.union_name,
        date=today,
        subject=title,
        author=office.union_name,
    )
