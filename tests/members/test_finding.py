"""Who is found on the roster, however the name or the number was typed."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from members import actions
from members.backends import login_name
from members.folding import name_key, number_key
from members.importers import KnownRoster
from members.models import Member, User
from members.queries import matching, named, perhaps_known
from members.queries.accounts import account_of, is_of_another, login_names
from members.roster_reader.duplicates import Seen
from members.roster_reader.reading import Rejection
from members.templatetags.roster import marked
from tests.factories.members import make_member, make_row, make_user
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db
NAMES = ("José García", "Anna Müller", "Айгуль Ибраева", "İpek Ölmez", "Işık", "买买提·吐尔逊")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *((name, name) for name in NAMES),
        ("jose garcia", "José García"),
        ("GARCÍA", "José García"),
        ("garcia", "José García"),
        ("muller", "Anna Müller"),
        ("АЙГУЛЬ", "Айгуль Ибраева"),
        ("ipek", "İpek Ölmez"),
        ("IŞIK", "Işık"),
        ("买买提•吐尔逊", "买买提·吐尔逊"),
        ("买买提.吐尔逊", "买买提·吐尔逊"),
        ("买买提・吐尔逊", "买买提·吐尔逊"),
        ("买买提 吐尔逊", "买买提·吐尔逊"),
        ("买买提吐尔逊", "买买提·吐尔逊"),
        ("提吐", "买买提·吐尔逊"),
        ("ｍｍｔ", "买买提·吐尔逊"),
        ("mai mai ti", "买买提·吐尔逊"),
    ],
)
def test_a_name_is_found_however_it_is_typed(text, name):
    for each in (*NAMES, "王小明"):
        make_member(each)
    assert [member.name for member in matching(Member.objects.all(), text)] == [name]
    assert [member.name for member in named(Member.objects.all(), text)] == [name]


@pytest.mark.parametrize("text", ["·", ".", "- -"])
def test_a_text_without_letters_finds_nobody(text):
    make_member("买买提·吐尔逊")
    assert not matching(Member.objects.all(), text).exists()


def test_a_renamed_person_is_found_by_the_new_name_alone():
    member = make_member("José García")
    member.name = "Zoë Müller"
    actions.update_member(member=member, by=make_user(Role.CHAIR, Role.MEMBER))
    assert matching(Member.objects.all(), "zoe").get() == member
    assert not matching(Member.objects.all(), "josé").exists()


def test_a_corrected_reading_leaves_the_name_to_be_found():
    member = make_member("隗明")
    actions.update_member(member=member, by=make_user(Role.CHAIR, Role.MEMBER), reading="wei ming")
    assert matching(Member.objects.all(), "隗").get() == member
    assert matching(Member.objects.all(), "weim").get() == member


@pytest.mark.parametrize("text", ["０６００００２", "0600002", " 06 00002", "06000"])
def test_a_number_is_found_however_it_is_typed(text):
    member = make_member("甲一", staff_no="0600002")
    assert matching(Member.objects.all(), text).get() == member


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("garcia", "José García", "José <mark>García</mark>"),
        ("提・吐", "买买提·吐尔逊", "买买<mark>提·吐</mark>尔逊"),
        ("甲", "王小明", "王小明"),
    ],
)
def test_what_was_found_of_a_name_is_marked_as_it_is_written(text, name, expected):
    assert marked(name, text) == expected


@pytest.mark.parametrize("typed", ["zx01", "ZX01", "ｚｘ０１", " Zx01 "])
def test_one_logs_in_with_the_staff_number_however_it_is_typed(office, client, typed):
    member = make_member("甲一", staff_no="ZX01")
    user, password = actions.open_account(member=member, by=None)
    assert account_of(typed) == user
    assert login_name(None, {"username": typed}) == "ZX01"
    client.post(reverse("members:login"), {"username": typed, "password": password})
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_staff_number_in_other_capitals_is_the_same():
    make_member("甲一", staff_no="zx01")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_member("乙一", staff_no="ZX01")
    other = make_member("丙一", staff_no="b7")
    assert is_of_another("ｚｘ０１", other)
    assert perhaps_known(Member(name="丁一", staff_no="ZX01"))
    assert login_names()["ZX01"] == Member.objects.get(name="甲一").pk


def test_the_form_refuses_a_staff_number_in_other_capitals(log_in):
    make_member("甲一", staff_no="zx01")
    data = {"name": "乙一", "staff_no": "ZX01", "status": "active", "another": "on"}
    response = log_in(Role.CHAIR, Role.MEMBER).post(reverse("members:member_create"), data)
    assert response.status_code == 422
    assert "这个工号已经有人用了，核对一下。" in response.text


def test_a_file_with_one_number_in_two_ways_of_writing_has_one_person():
    seen = Seen(several_sheets=False)
    seen.admit(make_row("甲一", staff_no="a1", row=2))
    twice = seen.admit(make_row("甲一", staff_no="A1", row=3))
    assert isinstance(twice, Rejection)
    assert twice.reason == "与第2行重复：姓名、工号相同"


def test_an_import_knows_a_number_however_it_is_typed():
    member = make_member("甲一", staff_no="zx01")
    known = KnownRoster(people={member.pk: {"pk": member.pk, "name": "甲一", "staff_no": "zx01"}})
    assert known.by_number == {"ZX01": {"pk": member.pk, "name": "甲一", "staff_no": "zx01"}}


def test_the_command_appoints_by_a_number_in_other_capitals():
    make_member("甲一", staff_no="ZX01")
    call_command("appoint", "zx01", "管理员", stdout=StringIO())
    assert User.objects.get().username == "ZX01"


def test_keys():
    assert name_key("ＪＯＳÉ　García-Lorca") == "josegarcialorca"
    assert name_key("王\ue123") == "王\ue123"
    assert number_key(" ｚｘ－０１ ") == "ZX-01"
