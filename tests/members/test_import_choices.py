"""Choosing for the rows of a preview, and watching it land."""

import json

import pytest

from members.choices import ImportState
from members.models import Member, RosterImport, UnionGroup
from tests.factories.members import make_department, make_group, make_member, make_roster_file
from tests.members.test_import_views import PEOPLE, confirm, handed_in, upload
from unionoffice.models import AuditEntry
from unionoffice.roles import Role


@pytest.fixture
def chair(log_in):
    return log_in(Role.CHAIR)


class TestChoices:
    """Of two people of one name, of groups spelt otherwise, of what stays as it is."""

    @pytest.fixture
    def kept(self, chair):
        group = make_group("理化生组")
        self.first = make_member("李文静", staff_no="2001", department=make_department("语文组"))
        self.second = make_member("李文静", staff_no="2002")
        self.changed = make_member("曾晓燕", staff_no="1001", phone="13812342046", group=group)
        file = [
            {"工号": "", "姓名": "李文静", "职称": "高级教师", "手机": "", "工会小组": ""},
            {"工号": "1001", "姓名": "曾晓燕", "职称": "一级教师", "手机": "13912347715",
             "工会小组": "物化生组"},
            {"工号": "1002", "姓名": "单明", "职称": "", "手机": "", "工会小组": "物化生组"},
        ]  # fmt: skip
        upload(chair, make_roster_file(*file))
        return RosterImport.objects.get()

    def choose(self, client, kept, **data):
        url = f"{kept.get_absolute_url()}choose/"
        return client.post(url, {k.replace("__", ":"): v for k, v in data.items()}, follow=True)

    def fates(self, response):
        return {row.name: row.fate.label for row in response.context["page"]}

    def test_a_held_row_offers_everyone_of_that_name(self, chair, kept):
        page = chair.get(kept.get_absolute_url()).context["page"]
        offers = {row.name: [offer.label for offer in row.offers] for row in page}
        assert offers["李文静"] == [
            "先放着",
            "是李文静（语文组，工号 2001）",
            "是李文静（工号 2002）",
            "是另外一位，新增",
            "不导这一行",
        ]

    def test_the_choice_is_kept_and_lands(self, chair, kept):
        response = self.choose(chair, kept, **{"row-0": str(self.second.pk)})
        assert self.fates(response)["李文静"] == "更新"
        assert self.fates(chair.get(kept.get_absolute_url()))["李文静"] == "更新"
        confirm(chair, kept)
        self.first.refresh_from_db()
        self.second.refresh_from_db()
        assert (self.first.title, self.second.title) == ("", "高级教师")

    def test_someone_new_of_that_name(self, chair, kept):
        self.choose(chair, kept, **{"row-0": "new"})
        confirm(chair, kept)
        assert Member.objects.filter(name="李文静").count() == 3

    def test_a_person_who_is_not_offered_is_not_taken(self, chair, kept):
        response = self.choose(chair, kept, **{"row-0": str(self.changed.pk)})
        assert self.fates(response)["李文静"] == "要您定"

    def test_whose_number_is_known_is_nobody_new(self, chair, kept):
        self.choose(chair, kept, group__物化生组="理化生组")
        response = self.choose(chair, kept, **{"row-1": "new"})
        assert self.fates(response)["曾晓燕"] == "更新"

    def test_a_choice_is_taken_back(self, chair, kept):
        self.choose(chair, kept, **{"row-0": "leave"})
        response = self.choose(chair, kept, **{"row-0": ""})
        assert self.fates(response)["李文静"] == "要您定"

    def test_a_group_spelt_otherwise_is_asked_about_once(self, chair, kept):
        response = chair.get(kept.get_absolute_url())
        questions = response.context["plan"].questions
        assert [(q.name, q.like, q.rows) for q in questions] == [("物化生组", "理化生组", 2)]
        assert self.fates(response) == dict.fromkeys(["李文静", "曾晓燕", "单明"], "要您定")

    def test_a_department_spelt_otherwise_is_asked_about(self, chair, kept):
        make_department("数学教研组")
        file = [
            {"工号": str(n), "姓名": f"甲{chr(0x4E00 + n)}", "部门": "数学教研祖"} for n in range(3)
        ]
        upload(chair, make_roster_file(*file))
        kept = RosterImport.objects.first()
        plan = chair.get(kept.get_absolute_url()).context["plan"]
        asked = [(q.field, q.name, q.like, q.rows) for q in plan.questions]
        assert asked == [("department", "数学教研祖", "数学教研组", 3)]
        response = self.choose(chair, kept, department__数学教研祖="数学教研组")
        assert set(self.fates(response).values()) == {"新增"}
        assert response.context["plan"].new_departments == ()

    def test_a_slip_in_the_very_first_roster_is_asked_about(self, chair, kept):
        groups = ["第一工会小组"] * 8 + ["第一工会小姐"]
        file = [
            {"工号": str(n), "姓名": f"甲{chr(0x4E00 + n)}", "工会小组": g}
            for n, g in enumerate(groups)
        ]
        upload(chair, make_roster_file(*file))
        kept = RosterImport.objects.first()
        response = self.choose(chair, kept, group__第一工会小姐="第一工会小组")
        plan = response.context["plan"]
        assert [(q.name, q.choice) for q in plan.questions] == [("第一工会小姐", "第一工会小组")]
        assert (plan.new_groups, plan.landing) == (("第一工会小组",), 9)

    def test_the_group_that_was_meant_is_taken_for_all_rows(self, chair, kept):
        response = self.choose(chair, kept, group__物化生组="理化生组")
        assert self.fates(response) == {"李文静": "要您定", "曾晓燕": "更新", "单明": "新增"}
        confirm(chair, kept)
        assert set(UnionGroup.objects.values_list("name", flat=True)) == {"理化生组"}
        assert Member.objects.get(name="单明").group_assignments.get().group.name == "理化生组"

    def test_a_group_that_is_new_is_set_up(self, chair, kept):
        response = self.choose(chair, kept, group__物化生组="new")
        assert response.context["plan"].new_groups == ("物化生组",)

    def test_one_person_is_left_out(self, chair, kept):
        self.choose(chair, kept, group__物化生组="理化生组")
        response = self.choose(chair, kept, **{"row-1": "leave"})
        assert self.fates(response)["曾晓燕"] == "不导"
        confirm(chair, kept)
        self.changed.refresh_from_db()
        assert (self.changed.phone, self.changed.title) == ("13812342046", "")

    def test_one_field_is_left_as_it_is_for_everyone(self, chair, kept):
        self.choose(chair, kept, group__物化生组="理化生组")
        response = self.choose(chair, kept, shown=["phone", "title"], taken=["title"])
        row = next(row for row in response.context["page"] if row.name == "曾晓燕")
        assert [change.label for change in row.changes] == ["职称"]
        assert [change.label for change in row.kept] == ["手机"]
        confirm(chair, kept)
        self.changed.refresh_from_db()
        assert (self.changed.phone, self.changed.title) == ("13812342046", "一级教师")

    def test_all_of_one_fate_are_left_out_and_taken_again(self, chair, kept):
        self.choose(chair, kept, group__物化生组="理化生组")
        response = self.choose(chair, kept, every="changed:leave", show="changed")
        assert response.context["plan"].counts["changed"] == 0
        response = self.choose(chair, kept, every="skipped:", show="skipped")
        assert response.context["plan"].counts["changed"] == 1

    def test_the_landing_is_refused_where_a_choice_was_made_meanwhile(self, chair, kept):
        fingerprint = chair.get(kept.get_absolute_url()).context["plan"].fingerprint
        self.choose(chair, kept, group__物化生组="理化生组")
        url = f"{kept.get_absolute_url()}confirm/"
        response = chair.post(url, {"fingerprint": fingerprint}, follow=True)
        assert "您看过预览以后名册又有改动，结果会不一样。" in response.text
        assert not Member.objects.filter(name="单明").exists()

    def test_nothing_is_chosen_once_it_landed(self, chair, kept):
        self.choose(chair, kept, **{"row-0": "new"})
        confirm(chair, kept)
        response = self.choose(chair, kept, **{"row-0": "leave"})
        assert "“名册.xlsx”已导入，不能再导一次。要再导入，重新选文件。" in response.text

    def test_who_changed_the_name_is_chosen_by_the_number(self, chair):
        member = make_member("王小红", staff_no="3001")
        upload(chair, make_roster_file({"工号": "3001", "姓名": "王晓虹", "性别": "女"}))
        kept = RosterImport.objects.get()
        assert [o.value for o in chair.get(kept.get_absolute_url()).context["page"][0].offers] == [
            "",
            str(member.pk),
            "new",
            "leave",
        ]
        self.choose(chair, kept, **{"row-0": str(member.pk)})
        confirm(chair, kept)
        member.refresh_from_db()
        assert (member.name, member.initials, member.gender) == ("王晓虹", "wxh", "female")

    def test_who_has_the_number_of_someone_else_comes_in_without_it(self, chair):
        owner = make_member("王小红", staff_no="3001")
        upload(chair, make_roster_file({"工号": "3001", "姓名": "陈大文", "性别": "男"}))
        kept = RosterImport.objects.get()
        row = chair.get(kept.get_absolute_url()).context["page"][0]
        assert [offer.label for offer in row.offers][2] == "是新的人，工号不导"
        row = self.choose(chair, kept, **{"row-0": "new"}).context["page"][0]
        assert (row.fate.label, row.warnings) == ("新增", ("工号 3001 是王小红的，没有导入。",))
        assert [offer.label for offer in row.offers][2] == "是新的人，工号不导"
        confirm(chair, kept)
        owner.refresh_from_db()
        assert (owner.name, owner.staff_no) == ("王小红", "3001")
        assert Member.objects.get(name="陈大文").staff_no is None

    def test_whose_number_stands_beside_another_is_chosen_and_keeps_the_own(self, chair):
        make_member("王小红", staff_no="3001")
        meant = make_member("陈大文", staff_no="3007")
        upload(chair, make_roster_file({"工号": "3001", "姓名": "陈大文", "性别": "男"}))
        kept = RosterImport.objects.get()
        row = self.choose(chair, kept, **{"row-0": str(meant.pk)}).context["page"][0]
        assert (row.fate.label, row.warnings) == ("更新", ("工号 3001 是王小红的，没有导入。",))
        confirm(chair, kept)
        meant.refresh_from_db()
        assert (meant.staff_no, meant.gender) == ("3007", "male")

    def test_the_file_and_each_decision_stand_in_the_audit_chain(self, chair, kept):
        self.choose(chair, kept, group__物化生组="理化生组", **{"row-0": "leave"})
        self.choose(chair, kept, **{"row-0": "leave"})  # nothing new
        self.choose(chair, kept, shown=["phone", "title"], taken=["title"])
        entries = AuditEntry.objects.filter(target_type="members.rosterimport")
        groups = {"物化生组": "理化生组"}
        assert list(entries.order_by("number").values_list("act", "changes")) == [
            ("members.keep_reading", {"rows": 3, "refused": 0}),
            (
                "members.choose_for_import",
                {"rows": 1, "groups": groups, "departments": {}, "kept": []},
            ),
            (
                "members.choose_for_import",
                {"rows": 0, "groups": groups, "departments": {}, "kept": ["phone"]},
            ),
        ]


class TestProgress:
    LINES = {"HTTP_ACCEPT": "application/x-ndjson"}

    def lines(self, response):
        return [json.loads(line) for line in response.getvalue().decode().splitlines()]

    def test_roster_import_confirm_tells_how_far_it_is(self, chair):
        file = [
            {"工号": str(n), "姓名": f"甲{chr(0x4E00 + n)}", "人员状态": "在职"} for n in range(600)
        ]
        upload(chair, make_roster_file(*file))
        kept = RosterImport.objects.get()
        told = self.lines(confirm(chair, kept, **self.LINES))
        assert told == [
            {"done": 0, "whole": 1800},
            {"done": 500, "whole": 1800},
            {"done": 600, "whole": 1800},
            {"done": 1100, "whole": 1800},
            {"done": 1200, "whole": 1800},
            {"done": 1700, "whole": 1800},
            {"done": 1800, "whole": 1800},
            {"url": kept.get_absolute_url()},
        ]
        assert Member.objects.filter(name__startswith="甲").count() == 600

    def test_changes_are_part_of_what_is_told(self, chair):
        make_member("曾晓燕", staff_no="1001", phone="13812342046", group=make_group("英语组"))
        kept = handed_in(chair)
        told = self.lines(confirm(chair, kept, **self.LINES))
        assert told[0] == {"done": 0, "whole": told[-2]["whole"]}
        assert told[-2]["done"] <= told[-2]["whole"]
        assert told[-1] == {"url": kept.get_absolute_url()}

    def test_whoever_stops_listening_leaves_the_roster_as_it_was(self, chair):
        kept = handed_in(chair)
        before = Member.objects.count()
        response = confirm(chair, kept, **self.LINES)
        parts = iter(response.streaming_content)
        next(parts), next(parts)
        for close in response._resource_closers:  # response.close() also closes the database
            close()
        kept.refresh_from_db()
        assert (Member.objects.count(), kept.state) == (before, ImportState.PREVIEWED)

    def test_a_refusal_is_the_last_line(self, chair):
        kept = handed_in(chair)
        url = f"{kept.get_absolute_url()}confirm/"
        told = self.lines(chair.post(url, {"fingerprint": "x"}, **self.LINES))
        assert told == [
            {"refusal": "您看过预览以后名册又有改动，结果会不一样。看看下面新的预览，再点导入。"}
        ]

    def test_roster_import_create_gives_a_script_the_address_of_the_preview(self, chair):
        response = upload(
            chair, make_roster_file(*PEOPLE), HTTP_ACCEPT="application/json, text/html"
        )
        assert response.json() == {"url": RosterImport.objects.get().get_absolute_url()}
