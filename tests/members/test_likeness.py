"""Which group of the roster a group of a file may mean."""

from collections import Counter

import pytest

from members.importers.likeness import alike, meant


@pytest.mark.parametrize(
    ("name", "existing", "meant"),
    [
        ("物化生组", ["理化生组"], "理化生组"), ("物化生组", ["数理化组", "语文组"], ""),
        ("第1工会小组", ["第一工会小组", "第二工会小组"], "第一工会小组"),
        ("第三小组", ["第三工会小组"], "第三工会小组"), ("语文", ["语文组"], "语文组"),
        ("信息技术小组", ["信息技术组"], "信息技术组"), ("音体美组", ["体音美组"], "体音美组"),
        ("教务处工会小组", ["教务处"], "教务处"), ("行政后勤组", ["行政后勤处"], "行政后勤处"),
        ("物化生组", ["物化牲组"], "物化牲组"), ("政史地理组", ["政史地组"], "政史地组"),
        ("综合实践组", ["综合实践课组"], "综合实践课组"),
        ("第十一工会小组", ["第一工会小组"], ""), ("第二工会小组", ["第三工会小组"], ""),
        ("高中语文组", ["初中语文组"], ""), ("化学组", ["数学组"], ""), ("北校区一组", ["南校区一组"], ""),
        ("物化生组", ["物化牲组", "物化身组"], ""),
        ("第一工会小姐", ["第一工会小组", "第二工会小组"], "第一工会小组"),
        ("第一公会小组", ["第一工会小组"], "第一工会小组"),
        ("第一工会组", ["第一工会小组", "第二工会小组"], "第一工会小组"),
        ("第—工会小组", ["第一工会小组"], "第一工会小组"), ("第一工会组小", ["第一工会小组"], "第一工会小组"),
        ("第二工会小姐", ["第一工会小组"], ""), ("高中数学组", ["高中化学组"], ""),
        ("A区一组", ["B区一组"], ""), ("化学工会小组", ["数学工会小组"], ""),
    ],
)  # fmt: skip
def test_a_group_means_another_where_only_the_spelling_differs(name, existing, meant):
    assert alike(name, existing) == meant


@pytest.mark.parametrize(
    ("name", "existing", "like"),
    [
        ("数学教研祖", ["数学教研组", "语文教研组"], "数学教研组"), ("数学组", ["数学教研组"], "数学教研组"),
        ("总务科", ["总务处"], "总务处"), ("信息中兴", ["信息中心"], "信息中心"),
        ("教务处", ["教导处"], ""), ("德育处", ["总务处"], ""), ("小学部", ["中学部"], ""),
        ("一年级组", ["二年级组"], ""), ("校长室", ["书记室"], ""), ("高一年级", ["高二年级"], ""),
    ],
)  # fmt: skip
def test_a_department_means_another_where_only_the_spelling_differs(name, existing, like):
    assert alike(name, existing, "department") == like


def test_a_rare_name_in_the_file_means_a_usual_one_of_it():
    said = Counter(
        {"第一工会小组": 8, "第二工会小组": 8, "第一工会小姐": 2, "音体美组": 3, "体音美组": 2}
    )
    assert meant("group", said, {}) == {"第一工会小姐": "第一工会小组"}
    assert meant("group", said, {"体音美组": 1}) == {
        "第一工会小姐": "第一工会小组",
        "音体美组": "体音美组",
    }


def test_a_slip_of_what_means_another_means_that_one():
    said = Counter({"数学教研组": 10, "数学教研祖": 1})
    assert meant("department", said, {"数学组": 1}) == {
        "数学教研组": "数学组",
        "数学教研祖": "数学组",
    }
