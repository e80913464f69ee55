"""Which cells of an .xls workbook are formulas, and what becomes of them."""

import base64
import lzma
import struct

import pytest

from members.roster_reader import read_roster
from members.roster_reader.old_formulas import formula_cells
from members.roster_reader.sheets import DAMAGES
from tests.factories.rosters import refusal_of

# Two sheets of people, packed: no library here writes the old format. 名单 has formulas for the
# running number, the name in rows 3 and 5 and the gender in row 4; 退休 for the name in row 2.
WORKBOOK = """
/Td6WFoAAATm1rRGAgAhARwAAAAQz1jM4Bn/BV5dAGgzvhyGMHdg9KSEKcLeHHYngvKRhtyIyie64/sTxf7fKP9jQyCAhUCCKzLL
8YVKqPSviDz7tbVkl8mE9LvHa+w6uOWd0ZfqX/kA4euk6vRPsxMOclkR6Oh20iDU6lhpUdvIpHTTj34ZlfmfSgkdvaCOtbODYGo2
qB37LJH6jIK59XsG1ec+vw2nkE8QKEMgNSK7v1Q9vXqZPeyhRmUkR+pnXgn/zwk62i3IRlNd4wWk1Dovgm9yuXiu7Q6POXRGAySm
3ZuCKVcqMhj2bRl7qKH9eIc0Y9ZH0GROgAbpqVEmtlReoLDPMfQ/GJrIeSQVNrCNGR7VWogteF+qy5AEh2f5/Ho/LpfOgXyrq7n8
6h7UKHoZKEQ7t///1ujNL+YsCM1fQqH7y+Z5ttuFEOxtf7Y+wDwfJgQ90sItA5vGYxU6/VwLAOyG+Ld64K4WO/9NeExS1UbtAWi7
5kuRANWr72f6FkScyEwUvIVF6RBL4kjb81/+BpIfUubZyyoO4s8Laij2ynWyqwBvIB/uZiF9foNWM4Fdn4G5qGDylmuHhyLqYGj+
YUaWgB/jOWDU+iPpTEZR325dZeUuBIy1ok63AcL04oe2r4FtaqGGZpXuAZeSxie6tHIQloYydgePhqC4GOCU1DwGhBd4LstYhBZE
1Y8FiAYh58S2HpMftFaoMTCx41OxmmGb45vuziHW2FS45qbCE11/iliGi1RxpNaxIvuFmu2xuEmNBvcwNEL0lvO0T48LvbfuBAXl
FGwbAN6I12n5dDb4bBFFpgtW2nKqL6XSgh3al6TjKAoDgfz+ZGT1ChvBRnmWUB+9SW8pgneCy7d8KNwXdo5/1VYCqcIx92mXLlkL
YPkn4zx13xeKm4JuKBW2TVxFTK7tLmpNBrMQZthV+dwGTkxEeUoPV++68H4teBZK0kWYJdOKEL5z+SifwNseawBHnOQJfBF7N9ys
YR6tOBBaUwdqJdsYESk5PYVRhZ4W6GcHKGPwjaxQFSUgVUG/qsIeAtQcjSn6BF8OPEuuTPo1f6b/P2CqpFnZyNvlSzPMKqWvNbLK
bCF2T9G+wRkkJBSdg/W5FPnQrvrL9CzuuLe3nxVjHDf7OvnmQ8+2sM7cErDFVDoO/i/6o0txYq7SNEi3jDoHzM5GSVNxGFlaWGLf
9b9ghRdbGXjYiSr3sXC04Km98eqYI95NOx9lduKpAp2SnwYyfU+F40fE9t1zyfEL8H6dJ6Aw13/armwSHSBxFCeUqnnHidEOzxKd
dLdxuqdYx6I3dvXopD39qxdQvRkiM7ReHWuB+XAS+QhrFf3eLRtFKLsONpSLR07nZ/WVRnZiUeESnpgRzI3pbgEUfglR+c18IrkY
fidiU41Z9oTxyj1pX7JuuNHFmyJ3y839N7alfCWcYcb+75J48UZbbrCk7Ji/SRMO41Xb6MPdS1LXiYgmkGSSmzzgR7NsCZgomNeX
EfQ6SZ9uA86ZTH3GU1GS6PITsiHDBiqSjaQSSFXDu0e4UjYFFkDg2ToBWZxtYTTK2+Oghn0haMfH74bOY0RCZDTlOANsujDa1TfX
9vWNwLLE58NqnHGUeKbQohmZqd8FroGN6CTFOqN9EZRF+RPmKaYesNdf+5EgQvSw9EdmCyi8Cs24L7Xr7gMGQY8Jd8DMcIE0BCr9
bjXAcpeIzbIMtRyYzoznAaXjJ3Y++HJjLR+xQItAeo244Ay/kXhhuqF8BenAPdNUCU0++zS1JYYFlXlRhpBJUg3sKpSrS1mlxt6o
v3b78/4iPIxUQTZDoDBHdjt79P2mioD+R37vtEHJ6yp/LNpTHAsd3FSSBcyN9IKKd7OarHGOQgAAAIw4AfMoj5tKAAH6CoA0AAB0
DdfzscRn+wIAAAAABFla
"""
FREE, END = 0xFFFF_FFFF, 0xFFFF_FFFE


@pytest.fixture
def workbook():
    return lzma.decompress(base64.b64decode(WORKBOOK))


def record(kind, *numbers):
    body = struct.pack(f"<{len(numbers)}H", *numbers)
    return struct.pack("<HH", kind, len(body)) + body


def sector(*numbers):
    return struct.pack("<128I", *numbers, *[FREE] * (128 - len(numbers)))


def entry(name, kind, start, size):
    words = name.encode("utf-16-le")
    head = words.ljust(64, b"\0") + struct.pack("<HB", len(words) + 2, kind)
    return head.ljust(116, b"\0") + struct.pack("<II", start, size) + b"\0" * 4


def short_workbook():
    """One sheet whose only formula is in the third row and second column, after a chart."""
    start, end, chart = record(0x0809, 0x0600), record(0x000A), record(0x0006, 9, 9)
    sheet = [start, start, chart, end, record(0x0006, 2, 1), end]
    book = start + record(0x0085, 24, 0, 0, 1) + end
    book = book.ljust(24, b"\0") + b"".join(sheet)
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0"))
    struct.pack_into("<HH", head, 30, 9, 6)
    struct.pack_into("<I4xIIIII", head, 48, 1, 4096, 2, 1, END, 0)
    struct.pack_into("<109I", head, 76, 0, *[FREE] * 108)
    directory = entry("Root Entry", 5, 3, 512) + entry("Workbook", 2, 0, len(book))
    fat, mini_fat = sector(0xFFFF_FFFD, END, END, END), sector(1, END)
    return bytes(head) + fat + directory.ljust(512, b"\0") + mini_fat + book.ljust(512, b"\0")


def test_the_formulas_of_each_sheet_are_found(workbook):
    assert formula_cells(workbook) == [
        {(1, 0), (2, 0), (3, 0), (2, 1), (3, 2), (4, 1)},
        {(1, 0)},
    ]


def test_a_short_workbook_lies_in_small_sectors_and_a_chart_has_cells_of_its_own():
    assert formula_cells(short_workbook()) == [{(2, 1)}]


def test_a_formula_is_no_name_in_an_old_workbook_either(workbook):
    reading = read_roster("名册.xls", workbook)
    assert [(row.sheet, row.row, row.name, row.warnings) for row in reading.accepted] == [
        ("名单", 2, "甲一", ()),
        ("名单", 4, "丙三", ("性别是公式，读的是表里算好的结果",)),
        ("退休", 3, "丁四", ()),
    ]
    assert [(one.sheet, one.row, one.reason) for one in reading.rejected] == [
        ("名单", 3, "姓名是公式"),
        ("名单", 5, "姓名是公式"),
        ("退休", 2, "姓名是公式"),
    ]


@pytest.mark.parametrize("length", [0, 40, 511, 512, 700, 1024])
def test_a_cut_workbook_is_damaged(workbook, length):
    with pytest.raises(DAMAGES):
        formula_cells(workbook[:length])


def test_a_chain_that_bites_its_tail_comes_to_an_end(workbook):
    table = struct.unpack_from("<I", workbook, 76)[0]
    at = (table + 1) * 512
    looped = workbook[:at] + struct.pack("<128I", *range(128)) + workbook[at + 512 :]
    assert "打不开" in refusal_of(looped, "名册.xls")
