"""What hangs on a person: what other records say of someone who therefore can't simply go."""

from collections.abc import Iterator

from django.db import models
from django.db.models import Exists, OuterRef

from members.models import Member
from members.queries.membership import last_move

# rows that are part of the entry, and go with it
PART_OF_IT = frozenset(
    {
        "members.membership",
        "members.employment",
        "members.groupassignment",
        "members.departmentassignment",
        "members.privatevalue",
        "members.delivery",
    }
)
HANGING = {
    "members.user": "登录账号",
    "members.officeholding": "职务",
    "members.candidate": "参选",
    "members.assessment": "考核",
    "members.titlegrant": "评上职称",
    "members.workinggroupseat": "领导小组、工作小组",
    "members.application": "入会申请",
    "members.correction": "资料更正",
    "welfare.visit": "慰问",
    "welfare.visit_visitors": "看望过别人",
    "activities.planitem": "计划事项的负责人",
    "activities.participation": "参加过活动",
    "activities.prize": "获奖",
    "activities.honour": "荣誉",
    "activities.nominee": "评选的推荐",
    "activities.series": "社团的负责人",
    "activities.seriesmember": "参加社团",
    "activities.place": "阵地的管理人",
    "activities.asset": "资产的保管人",
    "congress.motion": "提案",
    "congress.seconding": "附议",
}


def referrers(owner: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    """(model, column) of every row that may refer to one of `owner`, also of the hidden tables
    behind many-to-many fields."""
    for relation in owner._meta.get_fields(include_hidden=True):
        if relation.auto_created and (relation.one_to_many or relation.one_to_one):
            yield relation.related_model, relation.field.attname


def hanging_on_person(member: Member) -> list[str]:
    """In words, what keeps the entry from being deleted, a move of the 会籍 among it."""
    found = {
        model._meta.label_lower: Exists(model._default_manager.filter(**{column: OuterRef("pk")}))
        for model, column in referrers(Member)
        if model._meta.label_lower not in PART_OF_IT
    }
    names = {f"has_{number}": label for number, label in enumerate(found)}
    columns = {name: found[label] for name, label in names.items()}
    row = Member.objects.filter(pk=member.pk).annotate(**columns).values(*names).get()
    words = [HANGING[label] for name, label in names.items() if row[name]]
    return [*words, "办过的会籍变动"] if last_move(member) else words
