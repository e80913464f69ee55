"""届 and 次, and how many seconders it takes."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from congress.models import Congress, SecondingRule, Session
from tests.factories.congress import make_session
from unionoffice.roles import Role

pytestmark = pytest.mark.django_db
LIST = reverse("congress:congress_list")
FRAME = 4  # queries: session, user, roles, office


def text_of(response) -> str:
    return response.content.decode()


def messages_of(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


@pytest.fixture
def chair(log_in):
    return log_in(Role.CHAIR)


@pytest.mark.parametrize("sessions", [1, 3])
def test_congress_list_query_count_is_flat(chair, django_assert_num_queries, sessions):
    for number in range(1, sessions + 1):
        make_session(number)
        make_session(1, congress=number + 20)
    with django_assert_num_queries(FRAME + 4):  # congresses, sessions, rule, rules
        chair.get(LIST)


def test_congress_list_names_each_session(chair):
    make_session(1, held_on=date(2025, 12, 19))
    make_session(2)
    page = text_of(chair.get(LIST))
    assert "第八届教代会" in page
    assert page.index("<b>八届二次教代会</b>") < page.index("<b>八届一次教代会</b>")


def test_congress_list_says_that_the_shipped_rule_is_a_sample(chair):
    page = text_of(chair.get(LIST))
    assert "<b>2</b> 人附议，送审查" in page
    assert "示例</span>" in page
    assert "依据：多数学校 2 名，也有 3 名的，以本校提案办法为准" in page


def test_seconding_rule_create_sets_the_number_of_the_school(chair):
    data = {"seconders": 3, "effective_from": "2026-01-01", "source": "本校提案办法第六条"}
    response = chair.post(reverse("congress:seconding_rule_create"), data, follow=True)
    assert messages_of(response) == ["定好了：2026-01-01 起，三人附议送审"]
    page = text_of(response)
    assert "<b>3</b> 人附议，送审查" in page
    assert "示例</span>" not in page
    assert SecondingRule.objects.get().is_sample is False


def test_congress_create_and_update(chair):
    data = {"number": 8, "start": "2023-09-10"}
    response = chair.post(reverse("congress:congress_create"), data, follow=True)
    assert messages_of(response) == ["设好了：第八届教代会"]
    congress = Congress.objects.get()
    edit = reverse("congress:congress_update", args=[congress.pk])
    response = chair.post(edit, data | {"end": "2026-09-10"}, follow=True)
    congress.refresh_from_db()
    assert congress.end == date(2026, 9, 10)
    assert messages_of(response) == ["改好了：第八届教代会"]


def test_session_create_and_update(chair):
    congress = Congress.objects.create(number=8, start=timezone.localdate())
    data = {"congress": congress.pk, "number": 2}
    response = chair.post(reverse("congress:session_create"), data, follow=True)
    assert messages_of(response) == ["加好了：八届二次教代会"]
    session = Session.objects.get()
    edit = reverse("congress:session_update", args=[session.pk])
    chair.post(edit, data | {"held_on": "2025-12-19"})
    session.refresh_from_db()
    assert session.held_on == date(2025, 12, 19)


def shown(client, address: str) -> dict:
    """What the form of the page would send back as it stands."""
    form = client.get(address).context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def test_two_who_have_the_same_session_open_keep_both_changes(chair):
    session = make_session(1)
    edit = reverse("congress:session_update", args=[session.pk])
    first, second = shown(chair, edit), shown(chair, edit)
    chair.post(edit, first | {"held_on": "2025-12-19"})
    chair.post(edit, second | {"number": 2})
    session.refresh_from_db()
    assert (session.held_on, session.number) == (date(2025, 12, 19), 2)


def test_two_who_have_the_same_congress_open_keep_both_changes(chair):
    congress = Congress.objects.create(number=8, start=date(2023, 9, 10))
    edit = reverse("congress:congress_update", args=[congress.pk])
    first, second = shown(chair, edit), shown(chair, edit)
    chair.post(edit, first | {"end": "2026-09-10"})
    chair.post(edit, second | {"number": 9})
    congress.refresh_from_db()
    assert (congress.end, congress.number) == (date(2026, 9, 10), 9)


def test_the_page_carries_along_what_its_form_showed(chair):
    session = make_session(1)
    page = text_of(chair.get(reverse("congress:session_update", args=[session.pk])))
    assert page.count('name="seen"') == 1


@pytest.mark.parametrize("name", ["congress_create", "session_create", "seconding_rule_create"])
def test_a_form_without_anything_answers_422(chair, name):
    assert chair.post(reverse(f"congress:{name}"), {"number": ""}).status_code == 422


@pytest.mark.parametrize("name", ["congress_create", "session_create", "seconding_rule_create"])
def test_the_forms_open(chair, name):
    assert chair.get(reverse(f"congress:{name}")).status_code == 200


def test_a_teacher_reads_and_sets_nothing(log_in):
    page = text_of(log_in(Role.MEMBER).get(LIST))
    assert "还没有设教代会届次" in page
    assert "设这一届" not in page
    assert "定附议人数" not in page
