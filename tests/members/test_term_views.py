"""Terms, elections and the chart in the browser."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from members.home import home_part
from members.models import Candidate, Election, OfficeHolding, Term
from tests.factories.members import make_group, make_member, make_user
from tests.factories.terms import make_candidate, make_election, make_term
from unionoffice.exports import CONTENT_TYPES
from unionoffice.periods import Period, add_months
from unionoffice.roles import Role

DAY = date(2026, 3, 1)


@pytest.fixture
def chair(log_in):
    return log_in(Role.CHAIR)


@pytest.fixture
def admin(log_in):
    return log_in(Role.ADMIN)


@pytest.mark.parametrize("terms", [1, 3])
def test_term_list_query_count_is_flat(chair, terms, django_assert_num_queries):
    for number in range(1, terms + 1):
        term = make_term(number, date(2010 + 5 * number, 1, 1))
        OfficeHolding.objects.create(member=make_member(), office="chair", term=term)
    with django_assert_num_queries(8):
        response = chair.get("/organisation/terms/")
    numbers = [term.number for term in response.context["terms"]]
    assert numbers == list(range(terms, 0, -1))


def test_term_list_warns_of_a_term_that_runs_out(chair):
    today = timezone.localdate()
    make_term(8, add_months(today, -34), years=3)
    page = chair.get("/organisation/terms/")
    assert "的任期到" in page.text
    assert "设新一届，准备换届" in page.text
    Term.objects.update(planned_end=add_months(today, 7))
    assert "的任期到" not in chair.get("/organisation/terms/").text


def test_a_term_that_runs_out_stands_on_the_home_page_of_those_who_prepare_the_next(office):
    today, period = timezone.localdate(), Period.current()
    make_term(8, add_months(today, -34), years=3)
    (todo,) = home_part(make_user(Role.ORGANISATION), today, period).todos
    assert (todo.kind, todo.act_label, todo.late) == ("换届", "设新一届", False)
    assert todo.title.startswith("第八届工会委员会任期到")
    assert not home_part(make_user(Role.WELFARE), today, period).todos
    Term.objects.update(end=today)
    assert not home_part(make_user(Role.ORGANISATION), today, period).todos


def test_term_create_takes_three_or_five_years_and_those_in_office(chair):
    response = chair.post(
        "/organisation/terms/new/",
        {"number": 8, "start": "2024-01-01", "years": "5", "take_current": "on"},
    )
    term = Term.objects.get()
    assert (response.status_code, response.url) == (302, f"/organisation/terms/{term.pk}/")
    assert term.planned_end == date(2028, 12, 31)
    assert chair.user.member.offices.get().term == term


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({"number": ""}, "number", "届是空的，填上。"),
        ({"number": "100"}, "number", "写数字，第八届写 8，最多到 99。"),
        ({"number": "7"}, "number", "这一届已经有了。"),
        ({"start": "2026-02-30"}, "start", "没有这一天，写成 2026-03-08 这样。"),
        ({"years": "other"}, "planned_end", "写上任期到哪天，或者选三年、五年。"),
        (
            {"years": "other", "planned_end": "2024-01-01"},
            "__all__",
            "任期到的日期要在开始以后。",
        ),
    ],
)
def test_term_create_refuses(chair, data, field, sentence):
    make_term(7, date(2019, 1, 1))
    form = {"number": "8", "start": "2024-01-01", "years": "3"} | data
    response = chair.post("/organisation/terms/new/", form)
    assert response.status_code == 422
    assert response.context["form"].errors == {field: [sentence]}
    assert Term.objects.count() == 1


def test_term_update_changes_what_was_changed(chair):
    term = make_term(8, date(2024, 1, 1), years=3)
    page = chair.get(f"/organisation/terms/{term.pk}/edit/")
    assert page.context["form"].initial["years"] == "3"
    data = {"number": "8", "start": "2024-01-01", "years": "other", "planned_end": "2027-06-30"}
    assert chair.post(f"/organisation/terms/{term.pk}/edit/", data).status_code == 302
    term.refresh_from_db()
    assert term.planned_end == date(2027, 6, 30)


def test_a_teacher_sees_who_holds_what_and_no_draft(log_in):
    teacher = log_in(Role.MEMBER)
    term = make_term()
    OfficeHolding.objects.create(member=make_member("甲一"), office="chair", term=term)
    draft = make_election(term, (make_member("乙二"), "youth", True))
    text = teacher.get(f"/organisation/terms/{term.pk}/").text
    assert "甲一" in text
    assert "草稿" not in text
    assert teacher.get(draft.get_absolute_url()).status_code == 403


def test_the_higher_union_sees_an_election_once_it_is_concluded(log_in, admin):
    higher = log_in(Role.HIGHER_UNION)
    election = make_election(None, (make_member("乙二"), "youth", True))
    assert higher.get(election.get_absolute_url()).status_code == 404
    admin.post(f"{election.get_absolute_url()}conclude/")
    text = higher.get(election.get_absolute_url()).text
    assert "已宣布" in text
    assert "撤回宣布" not in text


def test_an_election_from_the_draft_to_the_offices_and_back(admin):
    term, member = make_term(), make_member("甲一")
    url = f"/organisation/terms/{term.pk}/elections/new/"
    response = admin.post(url, {"kind": "by_election", "day": "2026-03-01", "note": "无记名投票"})
    election = Election.objects.get()
    assert response.url == election.get_absolute_url()
    page = admin.post(f"{response.url}candidates/", {"member": member.pk, "office": "youth"})
    assert page.status_code == 302
    candidate = Candidate.objects.get()
    counted = {"present": "90", f"votes_{candidate.pk}": "80", f"elected_{candidate.pk}": "on"}
    assert admin.post(f"{response.url}count/", counted).status_code == 302
    text = admin.get(response.url).text
    assert "1 项职务从2026年3月1日起任：甲一 青工委员。" in text
    admin.post(f"{response.url}conclude/")
    assert member.offices.get().start == DAY
    text = admin.post(f"{response.url}reopen/", follow=True).text
    assert "撤回了，又是草稿，原来的人接着任职。" in text
    assert not member.offices.exists()
    admin.post(f"{response.url}drop/")
    assert not Election.objects.exists()


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({"member": ""}, "member", "写上是谁，从找到的人里选一位。"),
        ({"office": ""}, "office", "选一个职务。"),
        ({"office": "admin"}, "office", "没有这个职务，重新选一个。"),
    ],
)
def test_candidate_create_refuses(admin, data, field, sentence):
    election = make_election()
    form = {"member": make_member().pk, "office": "youth"} | data
    response = admin.post(f"{election.get_absolute_url()}candidates/", form)
    assert response.status_code == 422
    assert response.context["form"].errors == {field: [sentence]}
    assert not Candidate.objects.exists()


def test_election_count_refuses_what_is_no_number(admin):
    candidate = make_candidate()
    url = f"{candidate.election.get_absolute_url()}count/"
    data = {"present": "-1", f"votes_{candidate.pk}": "很多"}
    response = admin.post(url, data)
    assert response.status_code == 422
    sentence = ["写 0 或者更大的整数，不知道就空着。"]
    assert response.context["form"].errors == {
        "present": sentence,
        f"votes_{candidate.pk}": sentence,
    }


def test_candidates_are_moved_and_dropped_by_post(admin):
    election = make_election(
        None, (make_member("甲一"), "youth", False), (make_member("乙二"), "youth", False)
    )
    first, second = election.candidates.order_by("order")
    assert admin.get(f"/organisation/candidates/{second.pk}/raise/").status_code == 405
    admin.post(f"/organisation/candidates/{second.pk}/raise/")
    assert list(election.candidates.order_by("order")) == [second, first]
    admin.post(f"/organisation/candidates/{first.pk}/drop/")
    assert list(election.candidates.all()) == [second]


@pytest.mark.parametrize("candidates", [1, 3])
def test_election_detail_query_count_is_flat(chair, candidates, django_assert_num_queries):
    election = make_election(None, *[(make_member(), "youth", True) for _ in range(candidates)])
    with django_assert_num_queries(11):
        chair.get(election.get_absolute_url())


def test_a_by_election_says_what_those_elected_go_on_holding(chair):
    term, vice = make_term(), make_member("甲一")
    OfficeHolding.objects.create(member=vice, office="vice_chair", term=term, start=term.start)
    vice.offices.create(office="school_leader", start=term.start)
    election = make_election(term, (vice, "chair", True))
    text = chair.get(election.get_absolute_url()).text
    assert "当选的人里，甲一 工会副主席接着任；不再任的，宣布以后在“职务”里写上最后一天。" in text
    other = make_election(term, (vice, "chair", True), kind="general")
    assert "接着任" not in chair.get(other.get_absolute_url()).text


def test_election_report_keeps_what_the_higher_union_answered(chair):
    election = make_election()
    url = f"{election.get_absolute_url()}report/"
    data = {"reported_on": "2026-03-03", "approved_on": "2026-03-20", "approval_number": "教工3号"}
    assert chair.post(url, data).status_code == 302
    election.refresh_from_db()
    assert (election.approved_on, election.approval_number) == (date(2026, 3, 20), "教工3号")


def test_what_cannot_be_of_the_report_is_said_in_its_form(chair):
    url = f"{make_election().get_absolute_url()}report/"
    response = chair.post(url, {"reported_on": "2026-03-03", "approved_on": "2026-03-02"})
    assert response.status_code == 422
    assert "上级批复日期2026年3月2日早于报上级工会日期2026年3月3日，核对一下。" in response.text


def test_the_count_is_offered_from_the_day_on(chair):
    tomorrow = timezone.localdate() + timedelta(days=1)
    election = make_election(None, (make_member(), "youth", False), day=tomorrow)
    assert "记票</a>" not in chair.get(election.get_absolute_url()).text
    Election.objects.update(day=timezone.localdate())
    assert "记票</a>" in chair.get(election.get_absolute_url()).text


@pytest.mark.parametrize("file_format", ["docx", "pdf"])
def test_election_export_gives_the_report(chair, file_format):
    election = make_election(
        None, (make_member("甲一"), "youth", True), concluded_at=timezone.now()
    )
    response = chair.get(f"{election.get_absolute_url()}export/", {"format": file_format})
    assert response["Content-Type"] == CONTENT_TYPES[file_format]
    assert len(response.getvalue()) > 1000


def test_election_export_knows_no_other_format(chair):
    election = make_election(concluded_at=timezone.now())
    response = chair.get(f"{election.get_absolute_url()}export/", {"format": "exe"}, follow=True)
    assert "只能导出 Word 或者 PDF，重新选一下。" in response.text


def test_who_may_perhaps_not_be_elected_is_named_with_the_source(chair):
    retired = make_member("甲一", status="retained")
    election = make_election(
        None,
        (retired, "youth", False),
        (retired, "welfare", False),
        (make_member("乙二", status=None), "youth", False),
        (make_member("丙三"), "youth", True),
    )
    page = chair.get(election.get_absolute_url())
    assert [(line.text, line.source) for line in page.context["advice"]] == [
        (
            "甲一选举那天是保留会籍。保留会籍期间一般没有选举权、被选举权，对照本级的会籍管理办法。",
            "企业工会的会籍管理办法样本",
        ),
        (
            "乙二选举那天不是会员，当选了也不能宣布。"
            "选举权、被选举权是会员的权利，会籍漏记了先补上，不是会员的换人。",
            "《中国工会章程》会员的权利",
        ),
    ]
    chair.post(f"{election.get_absolute_url()}conclude/")
    assert Election.objects.get().concluded_at


def test_a_draft_gives_no_report(chair):
    election = make_election(None, (make_member("甲一"), "youth", True))
    url = election.get_absolute_url()
    assert "选举结果报告" not in chair.get(url).text
    response = chair.get(f"{url}export/", {"format": "docx"}, follow=True)
    assert response.redirect_chain == [(url, 302)]
    assert "选举结果还没有宣布，宣布以后再导出报告。" in response.text
    chair.post(f"{url}conclude/")
    assert "选举结果报告" in chair.get(url).text


def test_the_chair_who_hands_over_lands_on_a_page_that_is_still_open(log_in, admin):
    chair = log_in(Role.CHAIR, Role.MEMBER)
    old = make_term(8, date(2023, 3, 1), years=3)
    chair.user.member.offices.filter(office="chair").update(term=old, start=old.start)
    term = make_term(9, DAY)
    election = make_election(term, (make_member("甲一"), "chair", True), kind="general")
    url = election.get_absolute_url()
    warned = "工会主席甲一还没有账号，宣布以后登录不了，办不了工会的事。先开好账号再宣布。"
    assert warned in chair.get(url).text
    response = chair.post(f"{url}conclude/", follow=True)
    assert response.redirect_chain == [(term.get_absolute_url(), 302)]
    assert response.status_code == 200
    assert "宣布了，当选的人从选举那天起任职。" in response.text
    assert "工会主席甲一还没有账号，登录不了，尽快给他们开好。" in response.text


def test_nothing_is_said_of_accounts_where_the_new_chair_has_one(admin):
    new = make_user(Role.MEMBER).member
    election = make_election(make_term(9, DAY), (new, "chair", True), kind="general")
    url = election.get_absolute_url()
    assert "还没有账号" not in admin.get(url).text
    response = admin.post(f"{url}conclude/", follow=True)
    assert response.redirect_chain == [(url, 302)]
    assert "还没有账号" not in response.text


def test_term_close_reopen_and_drop(chair):
    term = make_term()
    url = f"/organisation/terms/{term.pk}/"
    assert "写上任职的最后一天。" in chair.post(f"{url}close/", {"last_day": ""}, follow=True).text
    text = chair.post(f"{url}close/", {"last_day": "2026-01-31"}, follow=True).text
    assert "第八届工会委员会到2026年1月31日为止" in text
    assert "重开了" in chair.post(f"{url}reopen/", follow=True).text
    chair.post(f"{url}drop/")
    assert not Term.objects.exists()


def test_the_chart_shows_a_day_with_its_term_committees_and_groups(log_in, office):
    office.party_name = "中共示例市第三中学支部"
    office.save()
    term = make_term(8, date(2023, 1, 1))
    group = make_group("语文组")
    make_member("甲一", group=group)
    OfficeHolding.objects.create(
        member=make_member("乙二"), office="chair", term=term, start=date(2023, 1, 1)
    )
    OfficeHolding.objects.create(
        member=make_member("丙三"), office="group_leader", group=group, start=date(2024, 1, 1)
    )
    teacher = log_in(Role.MEMBER)
    then = teacher.get("/organisation/", {"on": "2023-06-01"}).text
    assert [word in then for word in ("中共示例市第三中学支部", "乙二", "语文组", "丙三")] == [
        True,
        True,
        True,
        False,
    ]
    assert "组长 丙三" in teacher.get("/organisation/").text
    assert "乙二" not in teacher.get("/organisation/", {"on": "2022-12-31"}).text


def test_the_groups_of_the_chart_make_up_the_members_at_its_head(chair):
    group = make_group("语文组")
    make_member("甲一", group=group)
    make_member("乙二", group=group, status="retained")
    make_member("丙三")
    page = chair.get("/organisation/", {"on": "2026-01-01"})
    (row,) = page.context["groups"]
    counted = (page.context["members"], row.size, row.retained, page.context["ungrouped"])
    assert counted == (2, 1, 1, 1)
    assert "1 人，另有保留会籍 1 人" in re.sub(r"<(?!small)[^>]+>", "", page.text)
    assert "没有编组" in page.text


def test_an_empty_chart_leads_to_the_terms(chair):
    chair.user.member.offices.update(office="vice_chair")
    OfficeHolding.objects.update(start=timezone.localdate() - timedelta(days=1))
    text = chair.get("/organisation/", {"on": "2020-01-01"}).text
    assert "还没有登记委员" in text
    assert 'href="/organisation/terms/"' in text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_chart_query_count_is_flat(chair, rows, django_assert_num_queries):
    term = make_term()
    for _ in range(rows):
        make_user(Role.GROUP_LEADER, group=make_group())
        OfficeHolding.objects.create(member=make_member(), office="youth", term=term)
    with django_assert_num_queries(10):
        page = chair.get("/organisation/")
    assert len(re.findall("青工委员", page.text)) == rows


def test_who_counts_what_another_one_counted_meanwhile_is_asked(admin):
    candidate = make_candidate(make_election(day=timezone.localdate()))
    url = f"{candidate.election.get_absolute_url()}count/"
    seen = admin.get(url).context["form"]["seen"].value()
    votes, elected = f"votes_{candidate.pk}", f"elected_{candidate.pk}"
    first = {"present": "90", votes: "80", elected: "on", "seen": seen}
    assert admin.post(url, first).status_code == 302
    second = {"entitled": "100", "present": "88", votes: "60", "seen": seen}
    page = admin.post(url, second)
    assert page.status_code == 422
    assert page.context["form"].errors == {
        "present": ["实到刚被改成“90”了，还要按这里写的改，就再保存一次。"],
        votes: [f"{candidate}得票刚被改成“80”了，还要按这里写的改，就再保存一次。"],
    }
    candidate.refresh_from_db()
    assert (candidate.votes, candidate.elected) == (80, True)
    second |= {"present": "90", votes: "80"}
    assert admin.post(url, second).status_code == 302
    candidate.refresh_from_db()
    election = candidate.election
    election.refresh_from_db()
    assert (candidate.votes, candidate.elected) == (80, True)  # untouched on the second page
    assert (election.entitled, election.present) == (100, 90)


def test_who_was_not_on_the_page_of_the_count_keeps_the_votes(admin):
    candidate = make_candidate(make_election(day=timezone.localdate()))
    url = f"{candidate.election.get_absolute_url()}count/"
    seen = admin.get(url).context["form"]["seen"].value()
    late = make_candidate(candidate.election, votes=7, elected=True)
    counted = {f"votes_{candidate.pk}": "80", "seen": seen}
    assert admin.post(url, counted).status_code == 302
    late.refresh_from_db()
    candidate.refresh_from_db()
    assert (late.votes, late.elected, candidate.votes) == (7, True, 80)
