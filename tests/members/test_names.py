"""Pinyin: surnames are read as surnames."""

import pytest

from members.names import corrected, search_keys, syllables


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("单明", "shan ming"),
        ("曾晓燕", "zeng xiao yan"),
        ("仇立军", "qiu li jun"),
        ("查文", "zha wen"),
        ("解放", "xie fang"),
        ("区海", "ou hai"),
        ("任重", "ren zhong"),
        ("盖立", "ge li"),
        ("缪文", "miao wen"),
        ("朴明", "piao ming"),
        ("华明", "hua ming"),
        ("宓文", "mi wen"),
        ("员文", "yun wen"),
        ("冼海", "xian hai"),
        ("翟文", "zhai wen"),
        ("逄文", "pang wen"),
        ("乜文", "nie wen"),
        ("折文", "she wen"),
        ("乐明", "yue ming"),
        ("薄明", "bo ming"),
        ("种明", "chong ming"),
        ("黑明", "he ming"),
        ("卜明", "bu ming"),
        ("么明", "yao ming"),
        ("句明", "gou ming"),
        ("單明", "shan ming"),
        ("单于明", "chan yu ming"),
        ("尉迟恭", "yu chi gong"),
        ("尉明", "wei ming"),
        ("万俟明", "mo qi ming"),
        ("万明", "wan ming"),
        ("长孙明", "zhang sun ming"),
        ("澹台明", "tan tai ming"),
        ("欧阳明", "ou yang ming"),
        ("明单", "ming dan"),
        ("明乐", "ming le"),
    ],
)
def test_a_surname_is_read_as_a_surname_and_only_in_front(name, expected):
    assert " ".join(syllables(name)) == expected


def test_a_name_without_pinyin_stands_as_it_is():
    assert syllables("Anna Li") == ["a", "n", "n", "a", "l", "i"]


def test_a_dot_between_the_parts_of_a_name_has_no_sound():
    assert search_keys("买买提·吐尔逊")[1:] == ("mai mai ti tu er xun", "maimaitituerxun", "mmttex")


@pytest.mark.parametrize("name", ["王𬱖", "李㛃", "王\ue123", "𠮷田"])
def test_a_rare_character_keeps_its_place_in_the_keys(name):
    assert len(syllables(name)) == 2
    assert all(syllables(name))


@pytest.mark.parametrize("name", ["·", "-", "　"])
def test_a_name_without_any_letter_still_has_keys(name):
    assert search_keys(name)[1:] == (name, name, name)


def test_search_keys_are_the_name_spaced_joined_and_initials():
    assert search_keys("曾晓燕") == ("曾晓燕", "zeng xiao yan", "zengxiaoyan", "zxy")


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("ming yue", "明乐", ["ming", "yue"]),
        ("Wěi Míng", "隗明", ["wei", "ming"]),
        ("lü  míng", "吕明", ["lv", "ming"]),
        ("mingyue", "明乐", None),
        ("ming", "明乐", None),
        ("ming 乐", "明乐", None),
        ("ming yue2", "明乐", None),
    ],
)
def test_a_correction_has_one_syllable_a_character(text, name, expected):
    assert corrected(text, name) == expected
