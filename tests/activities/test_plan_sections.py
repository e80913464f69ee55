"""The chapters of a plan: written together, by two people at once, put in order, taken out."""

import pytest
from django.urls import reverse

from activities import actions
from activities.models import PlanChange, PlanSection
from tests.factories.activities import make_plan
from tests.factories.members import make_user
from unionoffice.errors import RuleBroken
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")


def url(name: str, *args) -> str:
    return reverse(f"activities:{name}", args=args)


@pytest.fixture
def plan():
    parts = [("指导思想", "团结。"), ("主要工作", "办好活动。"), ("主要措施", "加强领导。")]
    sections = [PlanSection(order=n, title=t, body=b) for n, (t, b) in enumerate(parts)]
    return make_plan(state="draft", sections=sections)


def stored(plan) -> list[tuple[str, str]]:
    return list(plan.sections.values_list("title", "body"))


def sent(page, **changed) -> dict:
    """What a browser sends of the page; `changed`: s0_body=… of the first chapter."""
    data = {"section": []}
    for number, form in enumerate(page.context["sections"].forms):
        data["section"].append(str(form.instance.pk))
        for name in ("title", "body", "seen"):
            typed = changed.get(f"s{number}_{name}")
            data[form.add_prefix(name)] = form[name].value() if typed is None else typed
    return data | {"do": changed.get("do", "save")}


def test_all_chapters_are_written_on_one_page(log_in, plan):
    client, address = log_in(Role.CHAIR), url("plan_sections_update", plan.pk)
    page = client.get(address)
    assert page.context["suggested"] == ["总体目标", "具体目标"]
    data = sent(page, s0_body="围绕中心，服务大局。", s2_title="保障措施")
    assert client.post(address, data).status_code == 302
    assert stored(plan) == [
        ("指导思想", "围绕中心，服务大局。"),
        ("主要工作", "办好活动。"),
        ("保障措施", "加强领导。"),
    ]


def test_what_is_being_written_is_kept_by_every_button(log_in, plan):
    client, address = log_in(Role.CHAIR), url("plan_sections_update", plan.pk)
    first, second, third = plan.sections.all()
    client.post(address, sent(client.get(address), s0_body="一", do=f"down:{first.pk}"))
    client.post(address, sent(client.get(address), s0_body="二", do="add:总体目标"))
    assert stored(plan) == [
        ("主要工作", "二"),
        ("指导思想", "一"),
        ("主要措施", "加强领导。"),
        ("总体目标", ""),
    ]
    page = client.post(
        address, sent(client.get(address), s2_body="三", do=f"drop:{second.pk}"), follow=True
    )
    assert [title for title, _ in stored(plan)] == ["指导思想", "主要措施", "总体目标"]
    undo = next(m.extra_tags for m in page.context["messages"]).removeprefix("undo:")
    client.post(undo)
    assert stored(plan)[:2] == [("主要工作", "二"), ("指导思想", "一")]
    with pytest.raises(RuleBroken, match="已经放回来了"):
        actions.restore_section(
            plan=plan, entry=int(undo.rstrip("/").rpartition("/")[2]), by=client.user
        )
    assert third in plan.sections.all()


def test_the_second_of_two_editors_is_told_and_loses_nothing(log_in, plan):
    one, two = log_in(Role.CHAIR), log_in(Role.ORGANISATION)
    address = url("plan_sections_update", plan.pk)
    first, second = one.get(address), two.get(address)
    one.post(address, sent(first, s0_body="甲写的", s1_body="甲也写了"))
    page = two.post(address, sent(second, s0_body="乙写的", s2_body="乙写的措施"))
    assert page.status_code == 422
    content = page.content.decode()
    assert "刚被改成“甲写的”了，还要按这里写的改，就再保存一次。" in content
    assert "乙写的措施" in content
    assert stored(plan)[0] == ("指导思想", "甲写的")
    assert two.post(address, sent(page)).status_code == 302
    assert [body for _, body in stored(plan)] == ["乙写的", "甲也写了", "乙写的措施"]


def test_what_was_typed_into_a_chapter_that_went_becomes_a_new_one(log_in, plan):
    client, address = log_in(Role.CHAIR), url("plan_sections_update", plan.pk)
    page = client.get(address)
    actions.drop_section(plan=plan, section=plan.sections.first().pk, by=make_user(Role.CHAIR))
    told = client.post(address, sent(page, s0_body="我写了很久"), follow=True)
    assert stored(plan)[-1] == ("指导思想", "我写了很久")
    assert "“指导思想”刚被别人删掉了" in told.content.decode()


def test_chapters_of_a_passed_plan_leave_their_changes(plan):
    chair = make_user(Role.CHAIR)
    section = plan.sections.first()
    section.body = "起草"
    actions.update_section(section=section, by=chair)
    assert not PlanChange.objects.exists()
    plan.state, plan.passed_on = "passed", plan.start
    plan.save()
    section = plan.sections.first()
    section.body = "通过以后改的"
    actions.update_section(section=section, by=chair)
    entry = actions.drop_section(plan=plan, section=section.pk, by=chair)
    rows = PlanChange.objects.order_by("pk").values_list("kind", "item_text", "before", "after")
    assert rows[0] == (
        "adjusted",
        "章节“指导思想”",
        {"内容": "起草"},
        {"内容": "通过以后改的"},
    )
    actions.restore_section(plan=plan, entry=entry.number, by=chair)
    assert [row[0] for row in rows.all()] == ["adjusted"]


@pytest.mark.parametrize("role", Role)
def test_only_managers_write_chapters(log_in, plan, role):
    managers = {Role.CHAIR, Role.VICE_CHAIR, Role.ORGANISATION, Role.CULTURE}
    page = log_in(role).get(url("plan_sections_update", plan.pk))
    assert page.status_code == (200 if role in managers else 403)


@pytest.mark.parametrize(("state", "said"), [("draft", False), ("published", True)])
def test_the_chapters_of_a_passed_plan_say_that_changes_are_kept(state, said, log_in):
    plan = make_plan(state=state)
    page = log_in(Role.CHAIR).get(reverse("activities:plan_sections_update", args=[plan.pk]))
    assert ("这份计划已公布，改了哪一章会留在" in page.text) is said
