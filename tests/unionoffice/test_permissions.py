"""Every address × every role, generated from the list of addresses: the table is enforced."""

from datetime import date
from uuid import UUID

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern

from activities.actions import keep_text
from activities.actions.places import import_assets, record_place_use
from activities.actions.selections import submit_selection
from activities.models import Asset, OwnField, PlaceUse, SeriesMember
from members.actions import (
    appoint,
    keep_field,
    keep_reading,
    save_view,
    send_correction,
    send_message,
)
from members.actions.assessments import import_assessments
from members.models import Assessment, OfficeHolding
from tests.factories.activities import (
    make_activity,
    make_asset,
    make_item,
    make_place,
    make_plan,
    make_prize,
    make_series,
    make_stocktake,
)
from tests.factories.applications import make_application
from tests.factories.assessments import make_assessment
from tests.factories.bodies import make_seat, make_working_group
from tests.factories.calendar import make_semester
from tests.factories.congress import make_motion, make_notice, make_session
from tests.factories.funds import make_allotment
from tests.factories.honours import make_honour, make_nominee, make_selection
from tests.factories.members import (
    make_group,
    make_member,
    make_reading,
    make_regulation,
    make_row,
    make_user,
)
from tests.factories.photos import make_photo, make_upload
from tests.factories.signups import make_announced, make_marked, make_roll, make_signup
from tests.factories.terms import make_candidate, make_election, make_term
from tests.factories.titles import make_title
from tests.factories.welfare import make_visit
from unionoffice.actions import attach_files
from unionoffice.models import AuditEntry
from unionoffice.queries import log_of
from unionoffice.ready_files import ready_files
from unionoffice.roles import GRANTS, Role

LOGIN = "/login/"
# Whether a record is there does not matter: who may not do the act is told so before it is looked up.
ANY_VALUE = {
    "IntConverter": 1,
    "SlugConverter": "summary",
    "StringConverter": "summary",
    "UUIDConverter": UUID(int=1),
}


def addresses(resolver=None, space: str = "") -> list[tuple[str, URLPattern]]:
    """Every ("welfare:visit_list", pattern)."""
    found = []
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            found.append((f"{space}{pattern.name}", pattern))
        else:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            found += addresses(pattern, inner)
    return found


ADDRESSES = dict(addresses())
GUARDED = [name for name, pattern in ADDRESSES.items() if pattern.callback.required_permission]


def url_of(name: str) -> str:
    converters = ADDRESSES[name].pattern.converters
    values = {key: ANY_VALUE[type(kind).__name__] for key, kind in converters.items()}
    return reverse(name, kwargs=values)


def answer(client: Client, url: str) -> int:
    """The status of a GET or, where only POST is taken, of an empty POST."""
    response = client.get(url)
    if response.status_code == 405:
        response = client.post(url)
    response.getvalue()  # a download holds its file open until it is read
    return response.status_code


@pytest.fixture
def users(office):
    """One account for each role that has nothing but this role."""
    return {role: make_user(role) for role in Role}


@pytest.mark.parametrize("name", GUARDED)
def test_an_address_is_refused_to_exactly_the_roles_without_its_permission(name, users, log_in):
    url = url_of(name)
    refused = {role for role in Role if answer(log_in(user=users[role]), url) == 403}
    assert refused == set(Role) - GRANTS[ADDRESSES[name].callback.required_permission]


@pytest.mark.parametrize("name", GUARDED)
def test_nobody_gets_past_the_login(name, office, client):
    url = url_of(name)
    for response in (client.get(url), client.post(url)):
        assert response.status_code == 302
        assert response.url.startswith(f"{LOGIN}?next=")


def test_an_account_without_any_role_is_refused_everywhere(log_in):
    nobody = log_in()
    assert {name: answer(nobody, url_of(name)) for name in GUARDED} == dict.fromkeys(GUARDED, 403)


def make_office_holding(by):
    holding = OfficeHolding(member=make_member(), office=Role.WELFARE.value, start=date(2025, 1, 1))
    return appoint(holding=holding, by=by)


def make_correction(by):
    return send_correction(by=by, changes={"party": ["", "群众"]})


def make_reported_selection(by):
    selection = make_selection(by=by)
    make_nominee(selection, by=by, chosen=True)
    return submit_selection(selection=selection, submitted_on=selection.started_on, by=by)


def make_place_use(by):
    use = PlaceUse(place=make_place(), day=date(2025, 1, 1), what="打球")
    return record_place_use(use=use, by=by)


def make_asset_import(by):
    asset = Asset(place=make_place(), name="球台")
    return import_assets(assets=[asset], new_places=[], by=by)


def make_assessment_import(by):
    fields = {"period_code": "2025", "result": "优秀", "assessed_on": date(2025, 12, 25)}
    fields |= {"of": "person", "topic": "师德考核", "assessed_by": "学校"}
    return import_assessments(assessments=[Assessment(member=make_member(), **fields)], by=by)


# The kind of record that an address with a number is about: the beginning of its name.
RECORDS = {
    "activity": lambda by: make_activity(by=by),
    "activity_hold": lambda by: make_announced(by=by),
    "activity_call_off": lambda by: make_announced(by=by),
    "attendance": lambda by: make_roll(by).activity,
    "attendance_marks": lambda by: make_marked(by),
    "attendance_member": lambda by: make_member(),
    "participation": lambda by: make_roll(by),
    "sign_in": lambda by: make_signup(by=by).activity,
    "signup": lambda by: make_signup(by=by),
    "signup_create": lambda by: make_announced(by=by),
    "prize": lambda by: make_prize(by=by),
    "prize_create": lambda by: make_activity(by=by),
    "plan": lambda by: make_plan(),
    "plan_import": lambda by: keep_text(text="三月份：庆三八", file_name="计划.txt", by=by),
    "plan_item": lambda by: make_item(),
    "plan_item_create": lambda by: make_plan(),
    "plan_item_restore": lambda by: make_plan(),
    "field": lambda by: OwnField.objects.create(name="青年工作"),
    "series": lambda by: make_series(),
    "series_meeting": lambda by: make_activity(by=by, series=make_series()),
    "place": lambda by: make_place(),
    "place_use": lambda by: make_place(),
    "place_use_drop": make_place_use,
    "place_use_restore": lambda by: make_place(),
    "asset": lambda by: make_asset(),
    "stocktake": lambda by: make_stocktake(make_asset().place, by=by),
    "stocktake_create": lambda by: make_asset().place,
    "stocktake_empty": lambda by: make_asset().place,
    "asset_import": make_asset_import,
    "series_member": lambda by: SeriesMember.objects.create(
        series=make_series(), member=make_member(), start=date(2025, 1, 1)
    ),
    "semester": lambda by: make_semester(),
    "honour": lambda by: make_honour(by=by),
    "selection": lambda by: make_selection(by=by),
    "selection_conclude": make_reported_selection,
    "nominee": lambda by: make_nominee(make_selection(by=by), by=by),
    "nominee_create": lambda by: make_selection(by=by),
    "nominee_restore": lambda by: make_selection(by=by),
    "member": lambda by: make_member(),
    "saved_view": lambda by: save_view(user=by, name="女教师", query="gender=female"),
    "message": lambda by: send_message(text="开会", members=[by.member], by=by),
    "message_read": lambda by: send_message(
        text="开会", members=[by.member], by=by
    ).deliveries.get(),
    "account_open": lambda by: make_member(),
    "application": lambda by: make_application(by=by),
    "membership": lambda by: make_member(),
    "correction": make_correction,
    "account_lock": lambda by: make_user(Role.MEMBER).member,
    "account_unlock": lambda by: make_user(Role.MEMBER).member,
    "account_reset": lambda by: make_user(Role.MEMBER).member,
    "office": make_office_holding,
    "group": lambda by: make_group(),
    "term": lambda by: make_term(),
    "election": lambda by: make_election(),
    "election_create": lambda by: make_term(),
    "candidate": lambda by: make_candidate(),
    "candidate_create": lambda by: make_election(),
    "kept_field": lambda by: keep_field(field="family", reason="互助保障登记", by=by),
    "roster_import": lambda by: keep_reading(
        file_name="名册.xlsx", reading=make_reading(make_row("王某")), by=by
    ),
    "working_group": lambda by: make_working_group(),
    "working_group_undo": lambda by: log_of(make_working_group()).get(),
    "seat": lambda by: make_seat(),
    "seat_create": lambda by: make_working_group(),
    "title": lambda by: make_title(make_member()),
    "regulation": lambda by: make_regulation("慰问办法"),
    "assessment_import": make_assessment_import,
    "assessment": lambda by: make_assessment(),
    "visit": lambda by: make_visit(by=by),
    "congress": lambda by: make_session().congress,
    "session": lambda by: make_session(),
    "motion": lambda by: make_motion(proposer=by.member),
    "notice": lambda by: make_notice(),
    "allotment": lambda by: make_allotment(),
    "photo": lambda by: make_photo(by=by),
    "photo_list": lambda by: make_activity(by=by),
    "photo_create": lambda by: make_activity(by=by),
    "photo_export": lambda by: make_activity(by=by),
    "photo_upload_start": lambda by: make_activity(by=by),
    "photo_upload_piece": lambda by: make_upload(by=by),
    "attachment": lambda by: attach_files(
        owner=make_activity(by=by), files=ready_files([("通知.pdf", b"%PDF-1.7")]), by=by
    )[0],
}
OPENED = {200, 302, 422}  # a page, something done, or a form that says what is missing


def record_for(name: str, by):
    beginnings = [key for key in RECORDS if name.split(":")[1].startswith(key)]
    return RECORDS[max(beginnings, key=len)](by)


@pytest.mark.parametrize("name", GUARDED)
def test_an_address_opens_for_someone_who_may(name, log_in):
    may = GRANTS[ADDRESSES[name].callback.required_permission]
    usual = {Role.CHAIR, Role.MEMBER}
    client = log_in(*(usual if usual & may else may))
    values = {
        key: record_for(name, client.user).pk if key == "pk" else ANY_VALUE[type(kind).__name__]
        for key, kind in ADDRESSES[name].pattern.converters.items()
    }
    if name == "activities:plan_item_move":
        values["move"] = "postpone"
    if name == "activities:plan_move":
        values["move"] = "unpublish"
    if name == "activities:attendance_add_undo":
        values["entry"] = AuditEntry.objects.get(act="activities.put_on_roll").pk
    if name == "activities:attendance_marks_undo":
        values["entry"] = AuditEntry.objects.get(act="activities.mark_attendance").pk
    if name == "activities:activity_move":
        values["move"] = "unhold"
    if name == "members:membership_move":
        values["move"] = "resign"
    if name == "reports:figure_detail":
        values["key"] = "welfare.visits"
    assert answer(client, reverse(name, kwargs=values)) in OPENED


EXPORTS = [name for name in GUARDED if name.endswith("_export")]
EXPORTS += ["members:my_data", "members:selection_sheet", "members:selection_labels"]
EXPORTS += [
    "members:selection_papers",
    "members:roster_import_rejected",
    "unionoffice:attachment_download",
]


@pytest.mark.parametrize("name", EXPORTS)
def test_a_file_goes_out_for_a_get_and_for_nothing_that_only_asks_whether_it_is_there(name, log_in):
    client = log_in(Role.CHAIR, Role.MEMBER)
    assert client.head(url_of(name)).status_code == 405
    assert not AuditEntry.objects.filter(act__contains=".export_", actor=client.user).exists()
