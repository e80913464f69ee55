"""A roster file into an empty office against reading it and one bulk insert."""

import io
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction
from offices import Sizes, open_office
from openpyxl import Workbook
from python_calamine import CalamineWorkbook
from timing import compare, markdown

from members.actions import import_roster
from members.choices import Gender
from members.models import Member
from members.roster_reader import read_roster

HEAD = ("姓名", "工号", "性别", "出生日期", "手机", "职称", "工会小组", "部门")
FAMILY, GIVEN = "赵钱孙李周吴郑王冯陈", "安宁平和静远明德文华"
GENDERS = {"女": Gender.FEMALE, "男": Gender.MALE}
EMPTY = 0  # the office without members


def table(room: Path, sizes: Sizes, times: int) -> str:
    open_office(room, EMPTY)
    rows = []
    for people in (sizes.small, sizes.large):
        content = roster(people)
        pair = compare(
            lambda content=content: land(content), lambda content=content: floor(content), times
        )
        rows.append((f"{people} 行", f"{pair.ours:.0f}", f"{pair.bare:.0f}", f"{pair.ratio:.2f}"))
    columns = ("名册 Excel", "CPU 毫秒", "读表加一次写入的 CPU 毫秒", "几倍")
    return markdown("导入", columns, rows)


def roster(people: int) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("花名册")
    sheet.append(HEAD)
    for number in range(people):
        sheet.append(person(number))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def person(number: int) -> tuple:
    name = FAMILY[number % 10] + GIVEN[number // 10 % 10] + GIVEN[number // 100 % 10]
    return (
        name,
        f"B{number:05}",
        "女" if number % 3 else "男",
        date(1965, 1, 1) + timedelta(days=number % 12000),
        f"1390000{number:04}",
        "一级教师",
        f"第{number % 20 + 1}工会小组",
        f"示例{number % 30 + 1}组",
    )


def land(content: bytes) -> None:
    with transaction.atomic():
        import_roster(file_name="名册.xlsx", reading=read_roster("名册.xlsx", content), by=None)
        transaction.set_rollback(True)


def floor(content: bytes) -> None:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    _, *rows = sheet.to_python()
    with transaction.atomic():
        Member.objects.bulk_create(
            [
                Member(
                    name=name,
                    staff_no=staff_no,
                    gender=GENDERS[gender],
                    birth=birth,
                    phone=phone,
                    title=title,
                )
                for name, staff_no, gender, birth, phone, title, *_ in rows
            ],
            batch_size=500,
        )
        transaction.set_rollback(True)
