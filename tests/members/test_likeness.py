"""Which group of the roster a group of a file may mean."""

import pytest

from members.importers.likeness import alike


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
    ],
)  # fmt: skip
def test_a_group_means_another_where_only_the_spelling_differs(name, existing, meant):
    assert alike(name, existing) == meant
