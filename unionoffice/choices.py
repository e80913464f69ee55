"""Values that the shared floor stores."""

from django.db.models import TextChoices


class SchoolKind(TextChoices):
    """What the institution calls itself; it changes 校务公开 into 园务公开 or 院务公开."""

    SCHOOL = "school", "学校"
    KINDERGARTEN = "kindergarten", "幼儿园"
    COLLEGE = "college", "学院"


AFFAIRS_WORDS = {
    SchoolKind.SCHOOL: "校务",
    SchoolKind.KINDERGARTEN: "园务",
    SchoolKind.COLLEGE: "院务",
}
SELF_WORDS = {
    SchoolKind.SCHOOL: "我校",
    SchoolKind.KINDERGARTEN: "我园",
    SchoolKind.COLLEGE: "我院",
}
