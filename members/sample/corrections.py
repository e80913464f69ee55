"""Two teachers of the sample school say that something in their entry is wrong."""

from members import actions
from members.corrections import as_text
from members.models import User
from unionoffice.sample import Sample

WRONG = (
    ({"party": "中共党员"}, "今年 7 月转正了"),
    ({"title": "高级教师", "education": "硕士研究生"}, "证书在人事那里有复印件"),
)


def ask(sample: Sample) -> None:
    for user, (right, note) in zip(sample.people.get("teachers", []), WRONG, strict=False):
        _ask(user, right, note)


def _ask(user: User, right: dict[str, str], note: str) -> None:
    shown = {field: as_text(user.member, field) for field in right}
    changes = {f: [shown[f], text] for f, text in right.items() if text != shown[f]}
    actions.send_correction(by=user, changes=changes, note=note)
