"""换届选举 and 补选: what concluding changes, what taking it back restores, and what is refused."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from members import actions
from members.choices import Appointment, ElectionKind
from members.models import Candidate, Election, OfficeHolding, Term
from tests.factories.members import make_member, make_user
from tests.factories.terms import make_election, make_term
from unionoffice.actions import attach_files
from unionoffice.audit import first_broken
from unionoffice.errors import RuleBroken
from unionoffice.models import Attachment, AuditEntry
from unionoffice.ready_files import ReadyFile
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db
DAY, EVE = date(2026, 3, 1), date(2026, 2, 28)
GENERAL = {"kind": ElectionKind.GENERAL}


@pytest.fixture
def admin():
    return make_user(Role.ADMIN)


@pytest.fixture
def eighth():
    return make_term(8, date(2023, 3, 1), years=3)


@pytest.fixture
def ninth(eighth):
    return make_term(9, date(2026, 2, 15), years=5)


def rows() -> list[dict]:
    """Everything that an election may change."""
    return [
        list(
            OfficeHolding.objects.order_by("pk").values("member", "office", "term", "start", "end")
        ),
        list(Term.objects.order_by("pk").values()),
        list(Election.objects.order_by("pk").values("pk", "concluded_at", "before")),
    ]


def spans(office: str) -> list[tuple]:
    found = OfficeHolding.objects.filter(office=office).order_by("start", "pk")
    return [(row.member.name, row.start, row.end, row.term and row.term.number) for row in found]


def refused(action, **values) -> str:
    before = rows()
    with pytest.raises(RuleBroken) as refusal:
        action(**values)
    assert rows() == before
    return str(refusal.value)


def test_a_general_election_begins_the_term_and_ends_the_one_before(admin, eighth, ninth):
    old, new = make_member("甲一"), make_member("乙二")
    OfficeHolding.objects.create(member=old, office="chair", term=eighth, start=eighth.start)
    old.offices.create(office="school_leader", start=eighth.start)
    unsaid = make_member("丙三").offices.create(office="welfare", start=eighth.start)
    election = make_election(ninth, (new, "chair", True), (old, "vice_chair", True), **GENERAL)
    make_candidate = Candidate(election=election, member=make_member("丁四"), office="chair")
    actions.add_candidate(candidate=make_candidate, by=admin)
    actions.conclude_election(election=election, by=admin)
    assert spans("chair") == [("甲一", eighth.start, EVE, 8), ("乙二", DAY, None, 9)]
    assert spans("vice_chair") == [("甲一", DAY, None, 9)]
    assert spans("school_leader") == [("甲一", eighth.start, None, None)]
    unsaid.refresh_from_db()
    assert (unsaid.end, unsaid.term) == (EVE, None)
    assert new.offices.get().how == Appointment.ELECTED
    terms = list(
        Term.objects.order_by("number").values_list("number", "start", "planned_end", "end")
    )
    assert terms == [
        (8, date(2023, 3, 1), EVE, EVE),
        (9, DAY, date(2031, 2, 28), None),
    ]
    entry = AuditEntry.objects.get(act="members.conclude_election")
    assert entry.changes == {
        "elected": ["乙二 工会主席", "甲一 工会副主席"],
        "ended": ["甲一 工会主席", "丙三 福利委员"],
    }
    assert first_broken() is None


def test_taking_it_back_restores_every_row(admin, eighth, ninth):
    old, new = make_member("甲一"), make_member("乙二")
    OfficeHolding.objects.create(member=old, office="chair", term=eighth, start=eighth.start)
    ahead = timezone.localdate() + timedelta(days=90)
    OfficeHolding.objects.create(member=new, office="women", start=eighth.start, end=ahead)
    election = make_election(ninth, (new, "chair", True), **GENERAL)
    before = rows()
    actions.conclude_election(election=election, by=admin)
    assert rows() != before
    actions.reopen_election(election=election, by=admin)
    assert rows() == before
    assert election.candidates.get().elected


def test_a_by_election_adds_to_the_term_and_ends_only_the_earlier_chair(admin, eighth):
    chair, welfare = make_member("甲一"), make_member("乙二")
    for member, office in ((chair, "chair"), (welfare, "welfare")):
        OfficeHolding.objects.create(member=member, office=office, term=eighth, start=eighth.start)
    election = make_election(
        eighth, (make_member("丙三"), "chair", True), (make_member("丁四"), "welfare", True)
    )
    actions.conclude_election(election=election, by=admin)
    assert spans("chair") == [("甲一", eighth.start, EVE, 8), ("丙三", DAY, None, 8)]
    assert spans("welfare") == [("乙二", eighth.start, None, 8), ("丁四", DAY, None, 8)]
    assert OfficeHolding.objects.get(member__name="丁四").how == Appointment.BY_ELECTED
    eighth.refresh_from_db()
    assert (eighth.start, eighth.end) == (date(2023, 3, 1), None)


def test_an_election_of_long_ago_leaves_what_is_held_now(admin, eighth):
    seventh = make_term(7, date(2018, 3, 1), years=5, end=date(2023, 2, 28))
    now = make_member("甲一").offices.create(office="chair", start=date(2017, 9, 1))
    member = make_member("乙二", joined=date(2010, 9, 1))
    election = make_election(seventh, (member, "chair", True), day=date(2018, 3, 1), **GENERAL)
    actions.conclude_election(election=election, by=admin)
    assert spans("chair") == [
        ("甲一", date(2017, 9, 1), None, None),
        ("乙二", date(2018, 3, 1), date(2023, 2, 28), 7),
    ]
    now.refresh_from_db()
    assert now.end is None


def test_nothing_is_concluded_without_anyone_elected(admin, eighth):
    election = make_election(eighth, (make_member(), "chair", False))
    assert refused(actions.conclude_election, election=election, by=admin) == (
        "还没有人当选，先在“记票”里勾上当选的人。"
    )


def test_nothing_is_concluded_before_its_day(admin, eighth):
    ahead = timezone.localdate() + timedelta(days=1)
    election = make_election(eighth, (make_member(), "chair", True), day=ahead)
    assert "还没到，到了那天再宣布。" in refused(
        actions.conclude_election, election=election, by=admin
    )


def test_two_are_not_elected_to_what_one_person_holds(admin, eighth):
    election = make_election(
        eighth, (make_member("甲一"), "chair", True), (make_member("乙二"), "chair", True)
    )
    assert refused(actions.conclude_election, election=election, by=admin) == (
        "工会主席只能有一位，现在勾了甲一、乙二。"
    )


def test_nobody_is_by_elected_to_the_own_office(admin, eighth):
    member = make_member("甲一")
    member.offices.create(office="welfare", start=eighth.start)
    election = make_election(eighth, (member, "welfare", True))
    assert refused(actions.conclude_election, election=election, by=admin) == (
        "甲一在2026年3月1日已经是福利委员，不用补选。"
    )


def test_the_organisation_commissioner_prepares_and_does_not_conclude(eighth):
    by = make_user(Role.ORGANISATION)
    election = make_election(eighth)
    candidate = Candidate(election=election, member=make_member("甲一"), office="welfare")
    actions.add_candidate(candidate=candidate, by=by)
    actions.count_election(election=election, votes={candidate.pk: (30, True)}, by=by)
    assert refused(actions.conclude_election, election=election, by=by) == (
        "福利委员由主席、副主席或管理员办，找他们办。"
    )


def test_nobody_makes_oneself_the_chair_by_an_election(eighth):
    by = make_user(Role.VICE_CHAIR, Role.MEMBER)
    election = make_election(eighth, (by.member, "chair", True))
    assert refused(actions.conclude_election, election=election, by=by) == (
        "当选工会主席的是您自己，让另一位主席、副主席或管理员来宣布。"
    )


def test_the_chair_who_is_elected_again_concludes(eighth, ninth):
    by = make_user(Role.CHAIR, Role.MEMBER)
    by.member.offices.update(term=eighth)
    election = make_election(ninth, (by.member, "chair", True), **GENERAL)
    actions.conclude_election(election=election, by=by)
    assert [span[1:] for span in spans("chair")] == [
        (date(2020, 9, 1), EVE, 8),
        (DAY, None, 9),
    ]


@pytest.mark.parametrize("office", ["chair", "officer", "auditor", "women"])
@pytest.mark.parametrize(
    ("dated", "left"),
    [
        ({"status": None}, None),
        ({"joined": DAY + timedelta(days=1)}, None),
        ({"joined": date(2020, 9, 1)}, EVE),
    ],
)
def test_who_is_no_member_on_that_day_is_not_elected(admin, eighth, office, dated, left):
    member = make_member("甲一", **dated)
    member.memberships.update(end=left)
    election = make_election(eighth, (make_member("乙二"), "youth", True), (member, office, True))
    label = election.candidates.get(member=member).get_office_display()
    assert refused(actions.conclude_election, election=election, by=admin) == (
        f"甲一在2026年3月1日不是会员，不能任{label}："
        "选举权、被选举权是会员的权利。会籍漏记了先补上，不是会员的换人。"
    )


def test_who_lost_may_be_no_member_and_who_was_elected_may_have_retained_membership(admin, eighth):
    retained, outsider = make_member("甲一", status="retained"), make_member("乙二", status=None)
    election = make_election(eighth, (retained, "youth", True), (outsider, "youth", False))
    actions.conclude_election(election=election, by=admin)
    assert [row.member for row in OfficeHolding.objects.filter(office="youth")] == [retained]


def test_taking_it_back_makes_no_second_chair(admin, eighth):
    """Someone was elected to another office; the chair who ended with it was replaced since."""
    election = make_election(eighth, (make_member("甲一"), "chair", True))
    old = make_member("乙二")
    OfficeHolding.objects.create(member=old, office="chair", term=eighth, start=eighth.start)
    actions.conclude_election(election=election, by=admin)
    make_member("丙三").offices.create(office="chair", start=date(2026, 4, 1))
    assert refused(actions.reopen_election, election=election, by=admin) == (
        "丙三已经接任工会主席，乙二的不能再接着算。先在“职务”里改丙三的。"
    )


def test_somebody_with_an_account_is_left_on_top(eighth, ninth):
    by = make_user(Role.CHAIR)
    election = make_election(ninth, (make_member("甲一"), "chair", True), **GENERAL)
    assert refused(actions.conclude_election, election=election, by=by) == (
        "这样一来就没有能登记职务的人了。先给接任的主席、副主席或管理员开好账号，再办这一步。"
    )


def later_election(election, admin):
    other = make_election(election.term, (make_member(), "youth", True), day=date(2026, 4, 1))
    actions.conclude_election(election=other, by=admin)
    return "那以后又宣布过一次选举，先撤回后面那一次。"


def one_left(election, admin):
    holding = election.candidates.get().holding
    actions.end_office(holding=holding, last_day=date(2026, 5, 1), by=admin)
    return "当选的人后来有改动或者已经离任，不能撤回了，到“职务”里一条一条改。"


def another_appointed(election, admin):
    holding = OfficeHolding(
        member=make_member(), office="youth", term=election.term, start=date(2026, 4, 1)
    )
    actions.appoint(holding=holding, by=admin)
    return "这一届后来又登记了别的职务，不能撤回了，到“职务”里一条一条改。"


def earlier_one_corrected(election, admin):
    OfficeHolding.objects.filter(term__number=8).update(end=date(2026, 1, 31))
    return "那以后又改过前任的任职，不能一起撤回了，到“职务”里一条一条改。"


def earlier_term_corrected(election, admin):
    Term.objects.filter(number=8).update(end=date(2026, 1, 31))
    return "上一届的日期后来改过，不能撤回了，先把它改回来。"


def approved(election, admin):
    election.approved_on = date(2026, 3, 20)
    actions.record_report(election=election, by=admin)
    return "上级已经批复，不能撤回了；批复记错了的话，先在“报批”里清掉。"


@pytest.mark.parametrize(
    "since",
    [
        later_election,
        one_left,
        another_appointed,
        earlier_one_corrected,
        earlier_term_corrected,
        approved,
    ],
)
def test_it_is_not_taken_back_once_something_else_happened(admin, eighth, ninth, since):
    old = make_member("甲一")
    OfficeHolding.objects.create(member=old, office="chair", term=eighth, start=eighth.start)
    election = make_election(ninth, (make_member("乙二"), "chair", True), **GENERAL)
    election = actions.conclude_election(election=election, by=admin)
    sentence = since(election, admin)
    assert refused(actions.reopen_election, election=election, by=admin) == sentence


def test_what_is_concluded_takes_no_more_changes(admin, eighth):
    election = make_election(eighth, (make_member("甲一"), "youth", True))
    candidate = election.candidates.get()
    actions.conclude_election(election=election, by=admin)
    sentence = "第八届工会委员会补选已经宣布当选，要改先撤回。"
    for action, values in (
        (actions.conclude_election, {"election": election}),
        (actions.drop_election, {"election": election}),
        (actions.drop_candidate, {"candidate": candidate}),
        (actions.raise_candidate, {"candidate": candidate}),
        (actions.count_election, {"election": election, "votes": {candidate.pk: (1, False)}}),
    ):
        assert refused(action, **values, by=admin) == sentence


def test_candidates_keep_their_order_within_an_office(admin, eighth):
    election = make_election(eighth)
    for name, office in (("甲一", "youth"), ("乙二", "chair"), ("丙三", "youth")):
        actions.add_candidate(
            candidate=Candidate(election=election, member=make_member(name), office=office),
            by=admin,
        )
    third = election.candidates.get(member__name="丙三")
    actions.raise_candidate(candidate=third, by=admin)
    names = election.candidates.order_by("order").values_list("member__name", flat=True)
    assert list(names) == ["丙三", "乙二", "甲一"]


def test_nobody_stands_twice_for_an_office(admin, eighth):
    member = make_member("甲一")
    election = make_election(eighth, (member, "youth", False))
    again = Candidate(election=election, member=member, office="youth")
    assert refused(actions.add_candidate, candidate=again, by=admin) == (
        "甲一已经是青工委员的候选人了。"
    )


def test_a_by_election_lies_within_its_term(admin, eighth):
    early = Election(term=eighth, kind="by_election", day=date(2023, 2, 1))
    assert refused(actions.add_election, election=early, by=admin) == (
        "第八届工会委员会从2023年3月1日才开始，补选的日期要在那以后。"
    )
    closed = make_term(7, date(2018, 3, 1), end=date(2023, 2, 28))
    late = Election(term=closed, kind="by_election", day=date(2023, 3, 2))
    assert refused(actions.add_election, election=late, by=admin) == (
        "第七届工会委员会到2023年2月28日就结束了，选举日期要在那以前。"
    )


@pytest.mark.parametrize(
    ("kind", "day", "sentence"),
    [
        (
            "general",
            date(2022, 2, 28),
            "第八届工会委员会从2023年3月1日开始，选举日期早了一年以上，核对一下选举日期或者届。",
        ),
        (
            "general",
            date(2026, 3, 1),
            "第八届工会委员会的任期到2026年2月28日，选举日期在那以后，核对一下选举日期或者届。",
        ),
        (
            "by_election",
            date(2062, 3, 1),
            "第八届工会委员会的任期到2026年2月28日，选举日期在那以后，核对一下选举日期或者届。",
        ),
    ],
)
def test_an_election_lies_in_the_reach_of_its_term(admin, eighth, kind, day, sentence):
    far = Election(term=eighth, kind=kind, day=day)
    assert refused(actions.add_election, election=far, by=admin) == sentence
    assert not Election.objects.exists()
    near = Election(term=eighth, kind="general", day=date(2022, 3, 1))
    assert actions.add_election(election=near, by=admin).pk


def test_a_term_that_runs_over_may_still_elect_someone(admin, eighth):
    late = Election(term=eighth, kind="by_election", day=date(2026, 3, 1))
    assert actions.add_election(election=late, by=admin).pk


def test_nothing_is_counted_before_the_day(admin, eighth):
    day = timezone.localdate() + timedelta(days=1)
    election = make_election(eighth, (make_member(), "youth", False), day=day)
    votes = {election.candidates.get().pk: (30, True)}
    sentence = refused(actions.count_election, election=election, votes=votes, by=admin)
    assert sentence.endswith("还没到，到了那天再记票。")
    assert election.candidates.get().votes is None


def test_it_is_not_approved_before_it_is_reported(admin, eighth):
    election = make_election(eighth)
    election.reported_on, election.approved_on = date(2026, 3, 20), date(2026, 3, 19)
    assert refused(actions.record_report, election=election, by=admin) == (
        "上级批复日期2026年3月19日早于报上级工会日期2026年3月20日，核对一下。"
    )


@pytest.mark.parametrize("field", ["reported_on", "approved_on"])
def test_it_is_not_reported_or_approved_on_a_day_to_come(admin, eighth, field):
    election = make_election(eighth)
    setattr(election, field, timezone.localdate() + timedelta(days=1))
    sentence = refused(actions.record_report, election=election, by=admin)
    assert sentence.endswith("还没到，改成实际的日期，还没有的就空着。")


def test_a_draft_that_goes_takes_its_files_along(admin, eighth, django_capture_on_commit_callbacks):
    election, other = make_election(eighth), make_election(eighth)
    for owner in (election, other):
        scan = ReadyFile("扫描件.pdf", "pdf", b"%PDF-1.4")
        attach_files(owner=owner, files=[scan], by=admin)
    gone, kept = Attachment.objects.order_by("owner_id")
    with django_capture_on_commit_callbacks(execute=True):
        actions.drop_election(election=election, by=admin)
    assert list(Attachment.objects.all()) == [kept]
    storage = kept.file.storage
    assert (storage.exists(gone.file.name), storage.exists(kept.file.name)) == (False, True)
    assert AuditEntry.objects.get(act="members.drop_election").changes["files"] == ["扫描件.pdf"]


def test_the_files_of_a_draft_that_stays_stay_on_the_disk(
    admin, eighth, monkeypatch, django_capture_on_commit_callbacks
):
    election = make_election(eighth)
    attach_files(owner=election, files=[ReadyFile("扫描件.pdf", "pdf", b"%PDF-1.4")], by=admin)

    def fails(row):
        raise RuleBroken("不行。")

    monkeypatch.setattr(Election, "delete", fails)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuleBroken):
        actions.drop_election(election=election, by=admin)
    kept = Attachment.objects.get()
    assert kept.file.storage.exists(kept.file.name)
