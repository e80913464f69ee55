"""GB/T 9704-2012 in numbers. Lengths are points unless the name says otherwise."""

MM = 72 / 25.4

PAPER_MM = (210, 297)
TOP_MM, RIGHT_MM, BOTTOM_MM, LEFT_MM = 37, 26, 35, 28
FRAME_WIDTH = (PAPER_MM[0] - LEFT_MM - RIGHT_MM) * MM
FOOTER_MM = 25  # with it Word puts the dash of the page number 7 mm below the frame (§7.5)
NUMBER_DROP = 13  # and so does this in the PDF

TITLE_SIZE = 22  # 二号
BODY_SIZE = 16  # 三号
PAGE_NUMBER_SIZE = 14  # 四号
TABLE_SIZE = 12  # 小四

CHARS_A_LINE = 28
LINE_PITCH = 28.95  # 22 lines fill the 225 mm frame
TRACKING = -0.25  # 28 characters of 16 pt are wider than 156 mm without it
CELL = BODY_SIZE + TRACKING  # what one character takes along the line
INDENT_CHARS = 2
ATTACHMENT_CHARS = 5  # 附件： and the two characters before it

EVEN_TRACKING = 2.0  # a line spread by this much still looks like its neighbours
LOOSEST_TRACKING = 3.2  # past this a line is left short rather than spread

TABLE_PITCH = 16
TABLE_ROW = 21.7
TABLE_PADDING = (TABLE_ROW - TABLE_PITCH) / 2
CELL_PADDING = 4
TABLE_GAP = 7
HAIRLINE = 0.5
WHOLE_TABLE_ROWS = 8  # tables up to this many rows stay on one page


def twips(points: float) -> int:
    return round(points * 20)


def mm_twips(millimetres: float) -> int:
    return twips(millimetres * MM)
