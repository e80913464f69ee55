import pytest

from unionoffice.documents.faces import FACES, FANGSONG, KAITI
from unionoffice.documents.lines import Piece, compose
from unionoffice.documents.measures import BODY_SIZE, FRAME_WIDTH, TRACKING
from unionoffice.documents.signature import places

HAN = "工会办公室为全体会员服务"


def texts(text: str, room: float = FRAME_WIDTH) -> list[str]:
    return [line.text for line in compose([Piece(FANGSONG, text)], room, room)]


def width(line) -> float:
    signs = len(line.text)
    natural = sum(piece.face.measure(piece.text) for piece in line.pieces) * BODY_SIZE
    return natural + line.tracking * (signs - 1)


def test_a_full_line_holds_28_characters():
    assert [len(text) for text in texts("字" * 60)] == [28, 28, 4]


def test_full_lines_end_at_the_margin_and_the_last_one_where_it_ends():
    *full, last = compose([Piece(FANGSONG, HAN * 8)], FRAME_WIDTH, FRAME_WIDTH)
    assert [round(width(line), 1) for line in full] == [round(FRAME_WIDTH, 1)] * 3
    assert last.tracking == TRACKING


def test_the_first_line_may_be_shorter():
    lines = compose([Piece(FANGSONG, "字" * 60)], FRAME_WIDTH - 32, FRAME_WIDTH)
    assert [len(line.text) for line in lines] == [26, 28, 6]


@pytest.mark.parametrize("mark", "、，。；：？！）》”】…—%")
def test_no_line_begins_with_a_closing_mark(mark):
    assert texts("字" * 28 + mark + "尾") == ["字" * 27, f"字{mark}尾"]


@pytest.mark.parametrize("mark", "（《“【")
def test_no_line_ends_with_an_opening_mark(mark):
    assert texts("字" * 27 + mark + "尾") == ["字" * 27, f"{mark}尾"]


def test_a_number_keeps_its_unit():
    assert texts("字" * 26 + "1234元整") == ["字" * 26, "1234元整"]


def test_a_latin_word_stays_whole():
    assert texts("字" * 26 + "office室") == ["字" * 26, "office室"]


def test_a_word_longer_than_the_line_parts_where_the_line_is_full():
    first, second = texts("a" * 80)
    assert first + second == "a" * 80


@pytest.mark.parametrize(("digits", "signs"), [("", 28), ("12", 28), ("1234", 28), ("123456", 28)])
def test_half_width_digits_hardly_crowd_a_line(digits, signs):
    """Parted as late as possible, the last of these would hold 31 signs."""
    assert len(texts("字" * 10 + digits + "字" * 40)[0]) == signs


def test_a_line_too_short_to_fill_is_left_short():
    short, _ = compose([Piece(FANGSONG, "字" * 8 + "a" * 50)], FRAME_WIDTH, FRAME_WIDTH)
    assert (short.text, short.tracking) == ("字" * 8, TRACKING)


def test_a_line_keeps_the_faces_of_its_parts():
    (line,) = compose([Piece(KAITI, "（一）帮扶。"), Piece(FANGSONG, "慰问")], 400, 400)
    assert line.pieces == (Piece(KAITI, "（一）帮扶。"), Piece(FANGSONG, "慰问"))


@pytest.mark.parametrize("face", FACES)
def test_every_face_has_the_width_of_han_characters_and_of_half_width_figures(face):
    assert face.measure("示例。“”—·【】〔〕") == 11
    assert 0.45 <= face.width("0") <= 0.6


def test_characters_of_the_fallback_font_are_one_character_wide():
    assert [FANGSONG.width(sign) for sign in "镕𬱟\u200d"] == [1, 1, 0]


@pytest.mark.parametrize(
    ("signature", "expected"),
    [
        ("示例市第三中学工会委员会", (14, 16)),  # the name ends 2 characters before the margin
        ("示例市三中工会", (19, 21)),  # as long as the date: the name still leads
        ("工会", (17, 19)),  # shorter than the date: the date ends 2 characters before it
    ],
)
def test_the_date_begins_two_characters_right_of_the_signature(signature, expected):
    assert places(signature, "2026年12月25日") == expected
