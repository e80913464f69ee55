"""What the roster keeps about one person, for this person."""

from collections.abc import Iterable

from django.db.models import Count

from members.corrections import in_words, label_of
from members.models import Member, Message, PrivateValue, RosterImport
from members.models.people import SEARCH_KEYS
from members.private import unseal
from members.rules.assessments import total_score
from unionoffice.acts import ACTS
from unionoffice.errors import RuleBroken
from unionoffice.models import AuditEntry
from unionoffice.own_data import Section, Traces, told
from unionoffice.periods import iso_date

NOT_TOLD = frozenset({"id", *SEARCH_KEYS})
SPAN = ("从", "到")
# of a row that a roster file brought
ROW_WORDS = {field.name: str(field.verbose_name) for field in Member._meta.concrete_fields}
ROW_WORDS |= {"department": "部门", "group": "工会小组", "status": "会籍", "joined": "入会时间"}


def own_data(member: Member) -> list[Section]:
    return [
        Section("基本资料", ("项目", "内容"), tuple(_entry(member))),
        Section(
            "会籍",
            ("会籍", *SPAN, "怎样入会", "转自", "入会的说明", "怎样离开", "转到", "离开的说明"),
            tuple(_memberships(member)),
        ),
        _dated("在岗情况", member.employments.all()),
        _dated("工会小组", member.group_assignments.select_related("group")),
        _dated("部门", member.department_assignments.select_related("department")),
        Section(
            "职务", ("职务", "哪里的", *SPAN, "哪一届", "怎样产生", "分工"), tuple(_offices(member))
        ),
        Section("参选", ("选举", "职务", "得票", "当选"), tuple(_candidacies(member))),
        Section("评上职称", ("职称", "哪天", "文号"), tuple(_titles(member))),
        Section("领导小组、工作小组", ("小组", "做什么", *SPAN), tuple(_seats(member))),
        Section(
            "考核",
            ("什么考核", "哪一期", "得分", "结果", "哪天", "由谁"),
            tuple(_assessments(member)),
        ),
        Section("入会申请", ("申请日期", "理由", "结果", "答复"), tuple(_applications(member))),
        Section(
            "资料更正", ("送出", "改什么", "说明", "结果", "答复"), tuple(_corrections(member))
        ),
        Section("办公室的通知", ("发出", "内容", "打开"), tuple(_messages(member))),
        Section("您发的通知", ("发出", "内容", "给几个人"), tuple(_sent(member))),
        Section("导入的名册文件里的", ("读入", "文件", "内容"), tuple(_imported(member))),
        Section("私密资料", ("项目", "内容"), tuple(_private(member))),
        Section("账号", ("项目", "内容"), tuple(_account(member))),
        Section("操作记录里关于您的", ("时间", "谁", "做了什么"), tuple(_changes(member))),
    ]


def traces(member: Member) -> Traces:
    """Exports and printed papers of the roster may hold whoever ever stood on one of its lists."""
    exports = set()
    if member.memberships.exists() or member.employments.exists():
        exports = {act for act in ACTS if act.startswith("members.export_")}
        exports -= {"members.export_own_data"}
    records = {
        "members.member": [member.pk],
        "members.correction": list(member.corrections.order_by().values_list("pk", flat=True)),
        "members.application": list(member.applications.order_by().values_list("pk", flat=True)),
    }
    return Traces(records, frozenset(exports))


def _entry(member: Member) -> Iterable[tuple]:
    for field in Member._meta.concrete_fields:
        if field.name in NOT_TOLD or field.name.endswith("_precision"):
            continue
        value = getattr(member, field.name)
        if precision := getattr(member, f"{field.name}_precision", None):
            value = iso_date(value, precision)
        elif field.choices:
            value = getattr(member, f"get_{field.name}_display")()
        elif isinstance(value, bool):
            value = "是" if value else "不是"
        if value not in (None, ""):
            yield field.verbose_name, value


def _memberships(member: Member) -> Iterable[tuple]:
    for row in member.memberships.all():
        start = iso_date(row.start, row.start_precision)
        came = row.get_entry_display(), row.from_union, row.note
        left = row.get_exit_display(), row.to_union, row.exit_note
        yield row.get_status_display(), start, row.end, *came, *left


def _dated(title: str, rows) -> Section:
    return Section(title, (title, *SPAN), tuple((row.word, row.start, row.end) for row in rows))


def _offices(member: Member) -> Iterable[tuple]:
    for row in member.offices.select_related("group", "department", "term"):
        place, term = str(row.group or row.department or ""), str(row.term or "")
        how = row.get_how_display()
        yield row.get_office_display(), place, row.start, row.end, term, how, row.note


def _candidacies(member: Member) -> Iterable[tuple]:
    for row in member.candidacies.select_related("election__term"):
        elected = "是" if row.elected else "不是"
        yield str(row.election), row.get_office_display(), row.votes, elected


def _assessments(member: Member) -> Iterable[tuple]:
    for row in member.assessments.filter(voided_at__isnull=True):
        what, year = row.topic or row.get_office_display(), row.period.label
        score = total_score(row.goals)
        yield what, year, score, row.result, row.assessed_on, row.assessed_by


def _titles(member: Member) -> Iterable[tuple]:
    for row in member.title_grants.all():
        yield row.title, iso_date(row.day, row.precision), row.document_number


def _seats(member: Member) -> Iterable[tuple]:
    for row in member.seats.select_related("working_group"):
        yield str(row.working_group), row.get_role_display(), row.start, row.end


def _applications(member: Member) -> Iterable[tuple]:
    for row in member.applications.all():
        yield row.applied_on, row.reason, row.get_state_display(), row.answer


def _corrections(member: Member) -> Iterable[tuple]:
    for row in member.corrections.all():
        changes = "；".join(
            f"{label_of(field)}：{in_words(field, shown)} → {in_words(field, right)}"
            for field, shown, right in row.lines
        )
        yield row.sent_at, changes, row.note, row.get_state_display(), row.answer


def _messages(member: Member) -> Iterable[tuple]:
    for row in member.deliveries.select_related("message").order_by("-pk"):
        yield row.message.sent_at, row.message.text, row.read_at


def _sent(member: Member) -> Iterable[tuple]:
    sent = Message.objects.filter(sent_by__member=member).annotate(people=Count("deliveries"))
    yield from sent.values_list("sent_at", "text", "people")


def _imported(member: Member) -> Iterable[tuple]:
    """The rows that roster files brought of the person: of the same name, of no other 工号."""
    for file in RosterImport.objects.iterator(chunk_size=1):
        for row in file.reading.get("accepted", ()):
            numbers = {row.get("staff_no", ""), member.staff_no or ""} - {""}
            if row["name"] == member.name and len(numbers) < 2:
                yield file.read_at, file.file_name, _row_text(row)


def _row_text(row: dict) -> str:
    """What is sealed stands with the private values. Databases order JSON their own way."""
    told = [f"{word}：{row[name]}" for name, word in ROW_WORDS.items() if name in row]
    return f"第 {row['row']} 行，{'；'.join(told)}"


def _private(member: Member) -> Iterable[tuple]:
    for row in PrivateValue.objects.filter(member=member).order_by("field"):
        yield row.get_field_display(), _opened(row)


def _opened(row: PrivateValue) -> str:
    try:
        return unseal(row.sealed)
    except RuleBroken:
        return "记着，但现在打不开，问办公室"


def _account(member: Member) -> Iterable[tuple]:
    user = getattr(member, "user", None)
    if user is None:
        return
    yield "登录名", user.username
    yield "上次登录", user.last_login
    if not user.is_active:
        yield "停用", user.locked_because
    for view in user.saved_views.all():
        yield "存下的筛选", view.name


def _changes(member: Member) -> Iterable[tuple]:
    entries = AuditEntry.objects.filter(target_type="members.member", target_id=str(member.pk))
    for entry in entries:
        yield entry.at, entry.actor_name, told(entry).what
