"""The office's own fields of work: added, renamed in every record, closed, offered and filtered."""

from datetime import date

import pytest
from django.urls import reverse

from activities import actions, queries
from activities.models import Activity, OwnField, PlanItem
from tests.factories.activities import make_activity, make_item, make_plan
from tests.factories.members import make_user
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")
TODAY = date(2026, 11, 18)


def url(name: str, *args) -> str:
    return reverse(f"activities:{name}", args=args)


def errors(page) -> list[str]:
    return [one for group in page.context["form"].errors.values() for one in group]


def make_field(name: str = "青年工作") -> OwnField:
    return actions.add_field(field=OwnField(name=name), by=make_user(Role.CHAIR))


def test_an_own_field_is_added_offered_and_stored(log_in):
    client, plan = log_in(Role.CHAIR), make_plan()
    client.post(url("field_create"), {"name": " 青年 工作 "})
    assert queries.fields_offered()[-1] == ("青年工作", "青年工作")
    answer = {"text": "联谊", "first_month": "2026-05", "field": "青年工作"}
    client.post(url("plan_item_create", plan.pk), answer)
    assert PlanItem.objects.get().field_label == "青年工作"
    page = client.get(url("plan_item_list") + "?period=2026&field=青年工作")
    assert [row.text for row in page.context["page"]] == ["联谊"]
    board = client.get(plan.get_absolute_url() + "?field=青年工作")
    assert board.context["board"].planned == 1


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "名称是空的，写上。"),
        ("文体", "这个名称空着，或者已经有这个板块了。"),
        ("culture", "这个名称空着，或者已经有这个板块了。"),
        ("青年工作", "已经有这个板块了，换一个名称。"),
        ("一二三四五六七八九十一", "最多 10 字，现在有 11 字，删短一点。"),
    ],
)
def test_a_name_that_can_not_be_is_said(log_in, name, sentence):
    make_field()
    page = log_in(Role.CHAIR).post(url("field_create"), {"name": name})
    assert (page.status_code, errors(page)) == (422, [sentence])


def test_a_new_name_goes_into_every_record_at_once(log_in):
    field = make_field()
    make_item(field=field.name)
    make_activity(field=field.name)
    client = log_in(Role.CULTURE)
    page = client.get(url("field_update", field.pk))
    assert page.context["count"] == 2
    data = {"name": "青工", "seen": page.context["form"]["seen"].value()}
    assert client.post(url("field_update", field.pk), data).status_code == 302
    assert (PlanItem.objects.get().field, Activity.objects.get().field) == ("青工", "青工")
    entry = AuditEntry.objects.get(act="activities.rename_field")
    assert entry.changes == {
        "name": ["青年工作", "青工"],
        "planitem": 1,
        "activity": 1,
        "series": 0,
    }


def test_a_closed_field_is_not_offered_but_found_and_kept(log_in):
    field = make_field()
    item = make_item(field=field.name)
    client = log_in(Role.CHAIR)
    client.post(url("field_close", field.pk))
    assert (field.name, field.name) not in queries.fields_offered(TODAY)
    assert (field.name, field.name) in queries.fields_offered(date(2026, 11, 17))
    assert (field.name, field.name) in queries.fields_known()
    form = client.get(url("plan_item_update", item.pk)).context["form"]
    assert (field.name, field.name) in form.fields["field"].choices
    client.post(url("field_reopen", field.pk))
    assert (field.name, field.name) in queries.fields_offered(TODAY)


def test_only_a_field_without_records_is_dropped():
    field, chair = make_field(), make_user(Role.CHAIR)
    make_item(field=field.name)
    with pytest.raises(RuleBroken, match="不能删；不想再用就停用它。"):
        actions.drop_field(field=field, by=chair)
    PlanItem.objects.all().delete()
    actions.drop_field(field=field, by=chair)
    assert not OwnField.objects.exists()


@pytest.mark.parametrize("fields", [0, 3])
def test_field_list_query_count_is_flat(log_in, fields, django_assert_num_queries):
    for number in range(fields):
        make_field(f"板块{number}")
    client = log_in(Role.CHAIR)
    with django_assert_num_queries(8):
        client.get(url("field_list"))
