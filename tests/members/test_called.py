"""Who is meant by names that someone typed or pasted."""

import pytest

from members.models import Member
from members.queries.called import MOST_WORDS, people_named
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db


def named(text: str) -> tuple[list[str], list[str]]:
    found, refusals = people_named(Member.objects.all(), text)
    return [member.staff_no for member in found], refusals


@pytest.fixture
def people() -> dict[str, Member]:
    rows = (
        ("0600011", "王芳"), ("0600012", "王芳"), ("T0012", "李静"), ("T0013", "范 知秋"),
        ("T0014", "陈刚"),
    )  # fmt: skip
    return {number: make_member(name, staff_no=number) for number, name in rows}


@pytest.mark.parametrize(
    "text",
    [
        "李静、陈刚",
        "李静，陈刚",
        "李静\n陈刚\n",
        "李静 陈刚",
        "李静;陈刚、李静",
        "T0012 T0014",
        "李静\t陈刚",
        "李静（T0012）、陈刚",
        "李静 T0012，陈刚",
        "李静(T0012) \r\n 陈刚",
    ],
)
def test_names_are_read_however_they_are_parted(text, people):
    assert named(text) == (["T0012", "T0014"], [])


def test_a_name_with_a_space_in_it_is_one_name(people):
    assert named("范 知秋、李静") == (["T0013", "T0012"], [])


def test_of_several_with_one_name_the_number_tells_which(people):
    said = "叫“王芳”的有 2 位（工号 0600011、0600012），写工号。"
    assert named("王芳，李静") == (["T0012"], [said])
    for text in ("王芳 0600012", "王芳（0600012）", "0600012"):
        assert named(text) == (["0600012"], [])


def test_a_number_of_someone_else_means_nobody(people):
    assert named("陈刚 T0012") == ([], ["名册里没有“陈刚 T0012”，写全名或工号。"])
    assert named("赵示 T9999") == ([], ["名册里没有“赵示 T9999”，写全名或工号。"])


def test_each_unknown_name_is_said_once(people):
    assert named("赵示、李静、赵示 钱示") == (
        ["T0012"],
        ["名册里没有“赵示”，写全名或工号。", "名册里没有“钱示”，写全名或工号。"],
    )


def test_nothing_typed_is_nobody(people):
    assert named(" 、\n") == ([], [])


def test_hundreds_of_names_are_asked_in_a_few_queries(people, django_assert_max_num_queries):
    text = "、".join(f"赵示 0{number}" for number in range(MOST_WORDS // 2))
    with django_assert_max_num_queries(3):
        assert len(named(text)[1]) == MOST_WORDS // 2
    said = f"一次最多写 {MOST_WORDS} 个姓名，现在有 {MOST_WORDS + 1} 个，分几次写。"
    assert named(" ".join(["李静"] * (MOST_WORDS + 1))) == ([], [said])
