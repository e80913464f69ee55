"""What the summary says, as text; which list each of its figures leads to."""

from datetime import date
from decimal import Decimal

import pytest

from activities.choices import Field
from activities.models import Study
from members.models import Membership
from reports.choices import ReportKind
from reports.outlines import outline_of
from tests.activities.test_plan_changes import keep
from tests.factories.activities import make_activity, make_item, make_place, make_plan
from tests.factories.congress import make_motion, make_notice
from tests.factories.honours import make_honour
from tests.factories.members import make_group, make_member, make_user
from tests.factories.welfare import make_visit
from unionoffice.documents.outline import figures, labelled, missing, text_of
from unionoffice.models import Office
from unionoffice.periods import Period
from unionoffice.roles import Role

YEAR = Period.year(2026)
TODAY = date(2026, 12, 25)

pytestmark = pytest.mark.django_db


def summary(office: Office, period: Period = YEAR):
    return outline_of(ReportKind.SUMMARY, period, office=office, today=TODAY)


def lines(document) -> list[str]:
    """The text as it is read, with its numbering; tables and attachments left out."""
    first, *_ = labelled(document)
    return [_line(item) for item in first]


def _line(item) -> str:
    block = item.block
    spans = getattr(block, "rest", None) or getattr(block, "spans", ())
    return (item.heading if hasattr(block, "level") else "") + text_of(tuple(spans))


def test_an_office_without_records_gets_gaps_and_never_a_zero(office):
    document = summary(office)
    assert lines(document) == [
        "2026年，示例市第三中学工会委员会列入计划的工作共有【待补：计划项】，"
        "到目前已经完成【待补：已完成项】。现将主要工作总结如下。",
        "一、组织建设",
        "（一）会员队伍。截至2026年12月25日，在册会员【待补：在册会员】，其中女会员【待补：女会员】"
        "；在职教职工入会率为【待补：入会率】。",
        "（二）教职工队伍。在职教职工【待补：在职教职工】。",
        "（三）工会小组。现有工会小组【待补：工会小组】。",
        "二、学习与师德",
        "（一）学习培训。全年组织学习培训【待补：学习培训场次】，"
        "参加学习培训的教职工共【待补：学习培训人次】。",
        "三、民主管理",
        "（一）提案办理。全年收到提案【待补：收到提案】，经审查予以立案【待补：立案】。",
        "（二）校务公开。全年公开【待补：公开事项】。",
        "四、帮扶慰问",
        "（一）走访慰问。全年慰问【待补：慰问人次】，走访慰问到教职工【待补：慰问人数】，"
        "发放慰问金合计【待补：慰问金】。",
        "五、活动开展",
        "（一）活动情况。全年开展活动【待补：活动场次】，参加活动的教职工共【待补：参加人次】。",
        "六、荣誉",
        "（一）获得的荣誉。全年获得荣誉【待补：荣誉】。",
        "七、存在的不足",
        "【待补：存在的不足】",
        "八、下一步打算",
        "【待补：下一步打算】",
    ]
    assert document.attachments == ()


def test_what_was_recorded_stands_in_the_sentences(office):
    make_member(gender="female", group=make_group())
    visited = make_member()
    make_visit(
        member=visited,
        visitors=[visited],
        money=Decimal("600.50"),
        goods="水果",
        goods_value=Decimal(80),
    )
    item = make_item(make_plan(), "2026-03", "教职工羽毛球赛")
    make_item(item.plan, "2026-04", "春季健步走")
    make_activity("2026-03-06", plan_item=item, headcount=36, spent=Decimal(1280))
    make_activity("2026-05-09", "爱心捐款", field=Field.WARMTH)
    make_motion("filed")
    make_motion("to_suggestion", category="livelihood")
    make_notice()
    text = "\n".join(lines(summary(office)))
    for said in (
        "列入计划的工作共有2项，到目前已经完成1项，计划完成率为50%；在计划之外另开展活动1场。",
        "在册会员4人，其中女会员1人；在职教职工入会率为【待补：入会率】。",
        "收到提案2件，经审查予以立案1件，转为意见建议交有关部门办理1件，立案率为50%。"
        "按类别分：民生福利1件、校园建设1件。",
        "（二）校务公开。全年公开1项。",
        "全年慰问1人次，走访慰问到教职工1人，发放慰问金合计600.50元，送出的慰问品折价80元。"
        "其中生病住院1人次。",
        "全年开展活动2场，参加活动的教职工共36人次，平均每场参加的教职工36人。"
        "各场活动的支出合计1280元。其中没有记参加人数的活动1场。",
        "1.文体。列入计划的工作2项，已完成1项；开展活动1场，参加的教职工36人次。",
        "2.送温暖。开展活动1场，参加的教职工【待补：送温暖参加人次】。",
    ):
        assert said in text


def test_study_competitions_safety_and_honours_are_told_with_their_tables(office):
    chair = make_user(Role.CHAIR)
    study = make_activity("2026-04-02", "师德讲座", kind="study", headcount=30, by=chair)
    values = {"form": "lecture", "topic": "师德修养", "teacher": "示例教授", "hours": 2}
    Study.objects.create(activity=study, courses=2, papers=5, **values)
    plain = make_activity("2026-05-02", "法律学习", kind="study", by=chair)
    contest = make_activity("2026-06-02", "教职工气排球赛", kind="contest", by=chair)
    contest.stages.create(level="town", result="第一名", awarded=True)
    contest.stages.create(level="district", result="一等奖", awarded=True)
    make_activity("2026-06-09", kind="check", by=chair)
    make_activity("2026-09-09", kind="drill", headcount=80, by=chair)
    person = make_member("王芳")
    make_honour(person, title="优秀工会积极分子", document_number="3号", by=chair)
    make_honour(holder="union", level="nation", title="模范职工之家", day="2026-05-01", by=chair)
    document = summary(office)
    text = "\n".join(lines(document))
    for said in (
        "全年组织学习培训2场，共3期，参加学习培训的教职工共30人次，累计2学时，收到文章和答卷5份。",
        "校外比赛。全年参加校外比赛1场，获奖2项。教职工气排球赛获区县级一等奖。",
        "安全和阵地。全年组织安全检查1次，组织演练1次，参加演练80人次。",
        "（一）获得的荣誉。全年获得荣誉2项，其中国家级1项、市级1项；个人获得的1项，集体获得的1项。",
    ):
        assert said in text
    titles = {one.title: one.blocks[0] for one in document.attachments}
    studied = titles["2026年培训学习一览"].rows
    assert studied[0] == ("4月2日", "师德修养", "讲座", "示例教授", "30", "2")
    assert [text_of(cell) for cell in studied[1]] == [
        *("5月2日", plain.title, "【待补：形式】", "", "【待补：人数】", ""),
    ]
    assert titles["2026年荣誉一览"].rows == (
        ("国家级", "模范职工之家", "校工会", "示例市教育工会", "5月1日"),
        ("市级", "优秀工会积极分子", "王芳", "示例市教育工会", "9月10日"),
    )


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ((), "到目前已经完成0项。"),
        (("cancelled",), "；经过调整，取消的有1项。"),
        (("postponed",), "；经过调整，延期办理的有1项。"),
        (("postponed", "cancelled", "late"), "延期办理的有1项，取消的有1项，临时增加的有1项。"),
    ],
)
def test_what_became_of_the_plan_is_one_clause(office, items, said):
    plan, values = make_plan(), {"cancelled": {"state": "cancelled", "reason": "中考"}}
    values["postponed"] = {"state": "postponed", "moved_from": date(2026, 3, 1), "reason": "展板"}
    values["late"] = {"added_late": True}
    make_item(plan)
    for name in items:
        make_item(plan, "2099-01" if name == "postponed" else "2026-03", **values[name])
    assert said.removesuffix("。") + "。现将" in lines(summary(office))[0]


def test_costs_are_told_as_far_as_they_were_written_down(office):
    def said() -> list[str]:
        return [line for line in lines(summary(office)) if "活动情况" in line]

    make_activity(headcount=3)
    assert said() == [
        "（一）活动情况。全年开展活动1场，参加活动的教职工共3人次，平均每场参加的教职工3人。"
    ]
    make_activity(budget=Decimal(200))
    assert said()[0].endswith("各场活动的预算合计200元。其中没有记参加人数的活动1场。")
    make_activity(spent=Decimal("80.50"), headcount=4)
    assert "各场活动的预算合计200元，支出合计80.50元。" in said()[0]


def test_people_are_told_as_those_of_the_lists_alone(office):
    def said() -> str:
        return next(line for line in lines(summary(office)) if "活动情况" in line)

    named = make_activity(headcount=60)
    make_activity(headcount=40)
    assert "到过场" not in said()
    chair = make_user(Role.CHAIR)
    named.participations.create(member=make_member(), attendance="present", added_by=chair)
    assert said().endswith(
        "参加活动的教职工共100人次，平均每场参加的教职工50人。"
        "只算留有签到名单的活动，到过场的教职工有1人。"
    )


def test_honours_won_in_competitions_are_told_apart(office):
    make_honour("女子气排球队", is_contest=True)
    make_honour(make_member())
    assert "；个人获得的1项，集体获得的1项；在比赛中获得的1项。" in "".join(lines(summary(office)))


def places_said(office) -> list[str]:
    return [line for line in lines(summary(office)) if "阵地使用" in line]


def test_places_are_told_with_how_often_each_was_used(office):
    assert places_said(office) == []
    home = make_place("教工之家")
    assert places_said(office) == [
        "（二）阵地使用。全年教工之家使用【待补：阵地使用】，参加的教职工共【待补：阵地使用人次】。"
    ]
    make_activity(venue=home, headcount=12)
    assert places_said(office) == ["（三）阵地使用。全年教工之家使用1次，参加的教职工共12人次。"]
    library, hall = make_place("书屋"), make_place("羽毛球馆")
    make_activity(venue=library)
    make_activity(venue=library, headcount=5)
    assert places_said(office) == [
        "（三）阵地使用。全年书屋和教工之家使用3次，其中书屋2次、教工之家1次，参加的教职工共17人次。"
    ]
    make_activity(venue=hall, headcount=3)
    assert places_said(office) == [
        "（三）阵地使用。全年书屋、教工之家等3处阵地使用4次，其中书屋2次、教工之家1次、羽毛球馆1次，"
        "参加的教职工共20人次。"
    ]


def test_changes_of_the_plan_are_told_once_there_are_any(office):
    def said() -> list[str]:
        return [line for line in lines(summary(office)) if "计划调整" in line]

    item = make_item()
    assert said() == []
    keep(item, "resumed")
    assert said() == ["（四）计划调整。计划通过以后，根据实际情况作了变动的有1次。"]
    for kind in ("postponed", "postponed", "cancelled", "added"):
        keep(item, kind)
    assert said() == [
        "（四）计划调整。计划通过以后，根据实际情况作了变动的有5次，"
        "其中推迟2次、取消1次、增加临时任务1次。"
    ]


def test_who_came_and_went_stands_there_with_how(office):
    for joined in (date(2026, 3, 1), date(2026, 9, 1)):
        make_member(joined=joined, employment="working", arrived=joined)
    newest = Membership.objects.order_by("pk").last()
    Membership.objects.filter(pk=newest.pk).update(entry="transferred")
    for way in ("transferred", "lapsed", "died", ""):
        gone = make_member(joined=date(2020, 1, 1))
        Membership.objects.filter(member=gone).update(end=date(2026, 5, 31), exit=way)
    text = "\n".join(lines(summary(office)))
    for said in (
        "在册会员2人，其中女会员【待补：女会员】；在职教职工入会率为100%。"
        "全年新入会员2人，其中转入1人。全年离开工会的会员4人，其中转出1人、退会1人、去世1人。",
        "（二）教职工队伍。在职教职工2人；全年新进教职工2人。",
    ):
        assert said in text


def test_the_staff_stands_there_with_its_young_and_its_teachers(office):
    make_member(employment="working", is_teacher=True, birth=date(1995, 5, 5))
    make_member(employment="working")
    assert "（二）教职工队伍。在职教职工2人，其中专任教师1人；青年教职工1人。" in lines(
        summary(office)
    )


def test_nobody_is_named(office):
    make_visit(member=make_member("示例保密"), reason="示例病情")
    document = summary(office)
    everything = "\n".join(lines(document)) + repr(document.attachments)
    assert "示例保密" not in everything
    assert "示例病情" not in everything


def test_only_records_of_the_period_count(office):
    make_visit(day=date(2025, 12, 31))
    make_activity("2025-12-31")
    assert summary(office) == summary(office, YEAR)
    assert {"慰问人次", "活动场次"} <= set(missing(summary(office)))


def test_a_kindergarten_publishes_its_own_affairs(office):
    office.kind = "kindergarten"
    assert "（二）园务公开。全年公开【待补：公开事项】。" in lines(summary(office))


def test_a_half_year_is_called_so(office):
    document = summary(office, Period.half(2026, 1))
    assert document.title == ("示例市第三中学工会委员会", "2026年上半年工作总结")
    assert "半年来收到提案" in "\n".join(lines(document))


def test_the_sentences_marked_for_the_summary_stand_in_it_as_written(office):
    make_activity("2026-03-06", highlight="插花。作品布置在各办公室。", is_highlight=True)
    make_activity("2026-04-06", highlight="没有勾选。", is_highlight=False)
    text = lines(summary(office))
    assert text[text.index("（三）重点活动") + 1] == "1.插花。作品布置在各办公室。"
    assert "没有勾选" not in "".join(text)


def test_the_plan_and_what_became_of_it_is_attached_by_half_years(office):
    plan = make_plan()
    done = make_item(plan, "2026-03", "插花")
    make_item(plan, "2026-09", "教师节庆祝")
    make_activity("2026-03-06", plan_item=done)
    first, *_ = (a for a in summary(office).attachments if "完成情况" in a.title)
    assert first.title == "2026年3月至9月计划完成情况一览"
    assert first.blocks[0].rows[0] == ("3月", "插花", "已完成（3月6日）")


def test_every_figure_leads_to_a_list_that_the_chair_may_open(office, log_in):
    make_visit()
    make_motion("filed")
    make_notice()
    make_activity(plan_item=make_item())
    chair = log_in(Role.CHAIR)
    sources = {figure.fact.source for figure in figures(summary(office))}
    assert len(sources) > 15
    assert {chair.get(source).status_code for source in sources} == {200}


def test_members_are_counted_on_the_day_that_the_sentence_names(office):
    member = make_member()
    make_member()
    Membership.objects.filter(member=member).update(end=date(2026, 12, 27))  # retires on the 28th
    Membership.objects.create(member=member, status="retained", start=date(2026, 12, 28))
    assert "截至2026年12月25日，在册会员2人" in "\n".join(lines(summary(office)))
    sources = {figure.fact.key: figure.fact.source for figure in figures(summary(office))}
    assert sources["members.active"] == "/members/?tab=active&on=2026-12-25"
    assert sources["members.groups"] == "/organisation/groups/?on=2026-12-25"
    later = outline_of(ReportKind.SUMMARY, YEAR, office=office, today=date(2027, 1, 9))
    assert "截至2026年12月31日，在册会员1人" in "\n".join(lines(later))
