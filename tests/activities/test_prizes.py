"""Prizes of an activity: to people of the roster, groups, teams or only a number; its documents."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from activities import actions, rules
from activities.models import Prize
from tests.factories.activities import make_activity, make_prize, make_series
from tests.factories.members import make_group, make_member, make_user
from unionoffice.actions import attach_files
from unionoffice.models import Attachment, AuditEntry
from unionoffice.queries import log_of
from unionoffice.ready_files import ready_files
from unionoffice.roles import Role

pytestmark = pytest.mark.usefixtures("office")


def url(name: str, *args) -> str:
    return reverse(f"activities:{name}", args=args)


def won(client, activity, **values):
    data = {f"prize-{name}": value for name, value in ({"people": "1"} | values).items()}
    return client.post(url("prize_create", activity.pk), data, follow=True)


@pytest.mark.parametrize(
    ("award", "rank"),
    [("一等奖", 1), ("第二名", 2), ("第10名", 10), ("冠军", 1), ("优秀奖", None), ("特等奖", 0)],
)
def test_awards_are_sorted_by_their_words(award, rank):
    assert rules.rank_of(award) == rank


def test_several_people_get_a_row_each(log_in):
    activity, client = make_activity(), log_in(Role.CHAIR)
    make_member("王示例")
    make_member("李示例")
    page = won(client, activity, award="一等奖", event="拔河", winners="王示例、李示例")
    assert "记下了：拔河一等奖，2 人。" in page.text
    assert sorted(Prize.objects.values_list("member__name", "rank")) == [
        ("李示例", 1),
        ("王示例", 1),
    ]


def test_a_group_a_team_and_a_number_win_too(log_in):
    activity, client = make_activity(), log_in(Role.CHAIR)
    group = make_group("第一工会小组")
    won(client, activity, award="第一名", group=group.pk)
    won(client, activity, award="第二名", team="家长联队")
    won(client, activity, award="三等奖", people="13")
    shown = client.get(url("activity_detail", activity.pk)).context["prizes"]
    assert [prize.winner_text for prize in shown] == ["第一工会小组", "家长联队", "13 名"]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"award": ""}, "写上名次或奖项，例如一等奖。"),
        ({"winners": "没这个人"}, "名册里没有“没这个人”，核对一下"),
        ({"winners": "张重名"}, "名册里有 2 位“张重名”，写工号。"),
        ({"winners": "王示例", "team": "语文队"}, "一行写一种"),
        ({"winners": "王示例", "people": "3"}, "写了名字，一人一名，这里写 1。"),
        ({"people": "0"}, "名额至少是 1。"),
    ],
)
def test_a_prize_that_cannot_be_is_refused_and_what_was_typed_stays(log_in, values, sentence):
    activity, client = make_activity(), log_in(Role.CHAIR)
    for name in ("王示例", "张重名", "张重名"):
        make_member(name)
    page = won(client, activity, **({"award": "一等奖", "event": "男子单打"} | values))
    assert (page.status_code, Prize.objects.count()) == (422, 0)
    assert sentence in page.text
    assert "男子单打" in page.text


def test_a_leader_names_only_people_of_the_own_group(log_in):
    group = make_group()
    client = log_in(user=make_user(Role.GROUP_LEADER, group=group))
    activity = make_activity(by=client.user)
    make_member("外组示例")
    assert "名册里没有“外组示例”" in won(client, activity, award="一等奖", winners="外组示例").text


def test_a_prize_taken_off_comes_back_at_one_click_and_only_once(log_in):
    client = log_in(Role.CHAIR)
    member = make_member("王示例")
    activity = make_activity()
    won(client, activity, award="一等奖", winners="王示例")
    page = client.post(url("prize_drop", Prize.objects.get().pk), follow=True)
    assert not Prize.objects.exists()
    entry = AuditEntry.objects.filter(act="activities.drop_prize").get()
    back = url("activity_prize_restore", activity.pk, entry.number)
    assert f'action="{back}"' in page.text
    client.post(back)
    again = client.post(back, follow=True)
    assert "已经撤销过了" in again.text
    prize = Prize.objects.get()
    assert (prize.member, prize.award, prize.rank) == (member, "一等奖", 1)


def test_nobody_else_puts_a_prize_back(log_in):
    prize = make_prize()
    entry = actions.drop_prize(prize=prize, by=make_user(Role.CHAIR))
    page = log_in(Role.CHAIR).post(
        url("activity_prize_restore", prize.activity_id, entry.number), follow=True
    )
    assert "不能撤销了" in page.text
    assert not Prize.objects.exists()


def test_prizes_of_a_record_in_other_hands_are_left_alone(log_in):
    prize = make_prize()
    client = log_in(Role.WOMEN)
    assert client.post(url("prize_drop", prize.pk)).status_code == 404
    assert client.post(url("prize_create", prize.activity_id)).status_code == 404


def test_a_document_is_added_later_and_says_what_it_is(log_in):
    activity, client = make_activity(), log_in(Role.CHAIR)
    paper = SimpleUploadedFile("a.pdf", b"%PDF-1.7")
    data = {"document-label": "签到表", "document-files": paper}
    client.post(url("activity_attach", activity.pk), data)
    document = Attachment.objects.get()
    assert (document.label, document.owner_id) == ("签到表", activity.pk)
    client.post(url("attachment_update", document.pk), {"label": "小结"})
    document.refresh_from_db()
    assert document.label == "小结"
    assert "小结" in client.get(url("activity_detail", activity.pk)).text


def test_a_document_without_a_file_is_asked_for_it(log_in):
    activity = make_activity()
    response = log_in(Role.CHAIR).post(
        url("activity_attach", activity.pk), {"document-label": "签到表"}
    )
    assert response.status_code == 422
    assert "选一个文件。" in response.text
    assert 'value="签到表"' in response.text


def test_a_document_goes_with_a_reason_that_the_chain_keeps(
    log_in, django_capture_on_commit_callbacks
):
    activity, client = make_activity(), log_in(Role.CHAIR)
    files = ready_files([("错的.pdf", b"%PDF-1.7")])
    document = attach_files(owner=activity, files=files, by=client.user)[0]
    refused = client.post(url("attachment_remove", document.pk), {"remove-reason": ""})
    assert refused.status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("attachment_remove", document.pk), {"remove-reason": "传错了"})
    assert not Attachment.objects.exists()
    assert not document.file.storage.exists(document.file.name)
    entry = log_of(activity)[0]
    assert (entry.act, entry.changes["reason"]) == ("unionoffice.remove_file", "传错了")


def test_documents_of_other_records_are_not_reached_this_way(log_in):
    activity = make_activity()
    files = ready_files([("通知.pdf", b"%PDF-1.7")])
    document = attach_files(owner=activity, files=files, by=make_user(Role.CHAIR))[0]
    client = log_in(Role.WOMEN)
    assert client.get(url("attachment_update", document.pk)).status_code == 404
    assert client.post(url("attachment_remove", document.pk)).status_code == 404


def put_in(activity, label: str) -> Attachment:
    files = ready_files([(f"{label}.pdf", b"%PDF-1.7")])
    return attach_files(owner=activity, files=files, by=activity.recorded_by, label=label)[0]


OPENS_A_SHEET = {
    Role.CHAIR: True,
    Role.WELFARE: True,
    Role.GROUP_LEADER: False,
    Role.MEMBER: False,
    Role.COLLEAGUE: False,
    Role.SCHOOL_LEADER: False,
    Role.HIGHER_UNION: False,
}


@pytest.mark.parametrize(("role", "opens"), OPENS_A_SHEET.items())
def test_a_sheet_of_names_is_for_those_who_see_the_names(log_in, role, opens):
    activity = make_activity()
    notice, sheet = put_in(activity, "通知"), put_in(activity, "签到表扫描")
    client = log_in(role)
    page = client.get(url("activity_detail", activity.pk))
    listed = [file.label for file in page.context["attachments"]]
    assert listed == ["通知", "签到表扫描"] if opens else ["通知"]
    for file, status in ((notice, 200), (sheet, 200 if opens else 404)):
        answer = client.get(reverse("unionoffice:attachment_download", args=[file.pk]))
        assert (answer.status_code, answer.getvalue() == b"%PDF-1.7") == (status, status == 200)


def test_who_recorded_it_or_leads_its_club_opens_the_sheet(log_in):
    leader = log_in(Role.GROUP_LEADER)
    own = put_in(make_activity(by=leader.user), "签到表")
    member = log_in(Role.MEMBER)
    club = make_series(leader=member.user.member)
    of_club = put_in(make_activity(series=club), "签到表")
    for client, opens in ((leader, [own]), (member, [of_club])):
        for file in (own, of_club):
            answer = client.get(reverse("unionoffice:attachment_download", args=[file.pk]))
            assert (answer.getvalue() == b"%PDF-1.7") is (file in opens)


def test_who_adds_a_sheet_is_told_who_sees_it(log_in):
    page = log_in(Role.CHAIR).get(url("activity_detail", make_activity().pk))
    assert "写“签到表”的，只有管名单的人看得到" in page.text
