"""The report on an election: from what is recorded, 【待补】 for the rest."""

from datetime import date

import pytest

from members.choices import ElectionKind
from members.exporters.elections import election_document
from tests.factories.members import make_member
from tests.factories.terms import make_election, make_term
from unionoffice.documents.outline import Table, missing, text_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 9)
COUNT = {
    "entitled": 60,
    "present": 56,
    "ballots_issued": 56,
    "ballots_returned": 55,
    "ballots_valid": 54,
}


def texts(document) -> list[str]:
    return [
        block.text if hasattr(block, "text") else text_of(block.spans)
        for block in document.blocks
        if not isinstance(block, Table)
    ]


def rows(document) -> list[list[list[str]]]:
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return [[[text_of(cell) for cell in row] for row in table.rows] for table in tables]


def test_a_general_election_is_reported_body_by_body(office):
    person = {"gender": "female", "birth": date(1986, 4, 12), "party": "中共党员"}
    chair, auditor = make_member("甲一", **person), make_member("乙二", **person)
    lost = make_member("丙三", **person)
    election = make_election(
        make_term(9, date(2026, 3, 1), years=5),
        (auditor, "auditor", True),
        (chair, "chair", True),
        (lost, "chair", False),
        kind=ElectionKind.GENERAL,
        note="会员代表大会",
        reported_on=date(2026, 3, 5),
        **COUNT,
    )
    election.candidates.update(votes=50)
    document = election_document(election, office=office, today=TODAY)
    assert document.title == (
        "示例市第三中学工会委员会",
        "关于第九届工会委员会选举结果的报告",
    )
    assert (document.addressee, document.dated) == ("示例市教育工会", "2026年3月5日")
    assert texts(document) == [
        "2026年3月1日，我校工会选举产生第九届工会委员会，任期到2031年2月28日。现将选举结果报告如下：",
        "选举情况",
        "应到会 60 人，实到会 56 人。发出选票 56 张，收回选票 55 张，其中有效选票 54 张。会员代表大会。",
        "选举结果",
        "当选工会委员会的 1 人：",
        "当选经费审查委员会的 1 人：",
        "以上选举结果，报请批准。",
    ]
    assert rows(document) == [
        [["工会主席", "甲一", "女", "1986.04", "中共党员", "50"]],
        [["经审委员", "乙二", "女", "1986.04", "中共党员", "50"]],
    ]
    assert missing(document) == []


def test_what_nobody_recorded_is_to_be_filled_in(office):
    election = make_election(make_term(), (make_member("甲一"), "vice_chair", True))
    document = election_document(election, office=office, today=TODAY)
    assert document.title[1] == "关于补选工会副主席结果的报告"
    assert document.date == TODAY
    assert missing(document) == [
        "应到人数",
        "实到人数",
        "发出选票",
        "收回选票",
        "有效选票",
        "性别",
        "出生年月",
        "政治面貌",
        "得票",
    ]


def test_without_anyone_elected_the_report_says_that_they_are_missing(office):
    document = election_document(make_election(make_term()), office=office, today=TODAY)
    assert "【待补：当选的人】" in texts(document)
