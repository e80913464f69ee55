"""Pinyin: surnames are read as surnames."""

import pytest

from members.names import search_keys, syllables


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("单明", ["shan", "ming"]),
        ("曾晓燕", ["zeng", "xiao", "yan"]),
        ("仇立军", ["qiu", "li", "jun"]),
        ("查文", ["zha", "wen"]),
        ("解放", ["xie", "fang"]),
        ("区海", ["ou", "hai"]),
        ("任重", ["ren", "zhong"]),
        ("单于明", ["chanyu", "ming"]),
        ("明单", ["ming", "dan"]),
    ],
)
def test_a_surname_is_read_as_a_surname_and_only_in_front(name, expected):
    assert syllables(name) == expected


def test_a_name_without_pinyin_stands_as_it_is():
    assert syllables("Anna Li") == ["a", "n", "n", "a", "l", "i"]


def test_search_keys_are_spaced_joined_and_initials():
    assert search_keys("曾晓燕") == ("zeng xiao yan", "zengxiaoyan", "zxy")
