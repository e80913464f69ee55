"""Values that the visits store. The kinds are the union of the 五必访 lists in use."""

from django.db.models import TextChoices


class VisitKind(TextChoices):
    ILLNESS = "illness", "生病住院"
    BEREAVEMENT = "bereavement", "丧事"
    WEDDING = "wedding", "结婚"
    BIRTH = "birth", "生育"
    RETIREMENT = "retirement", "退休"
    HARDSHIP = "hardship", "生活困难"
    OTHER = "other", "其他"
    SURGERY = "surgery", "手术住院"
    INJURY = "injury", "意外伤害"
    FESTIVAL = "festival", "两节慰问"
    TEACHERS_DAY = "teachers_day", "教师节"
    DOUBLE_NINTH = "double_ninth", "重阳节"
    ARMY_DAY = "army_day", "八一、军属"
    SUMMER = "summer", "送清凉"
    EXAM = "exam", "高考备考"
    BIRTHDAY = "birthday", "生日"
    RETIREE = "retiree", "看望离退休教工"
    DISPUTE = "dispute", "家庭矛盾、权益"
    MERIT = "merit", "贡献奖励"


# What is at hand in the form; the others stand under 更多.
COMMON_KINDS = (
    VisitKind.ILLNESS,
    VisitKind.BEREAVEMENT,
    VisitKind.WEDDING,
    VisitKind.BIRTH,
    VisitKind.RETIREMENT,
    VisitKind.HARDSHIP,
    VisitKind.OTHER,
)


class Relation(TextChoices):
    """Whom it befell: the member, or a relative of the member."""

    SELF = "self", "本人"
    SPOUSE = "spouse", "配偶"
    PARENT = "parent", "父母"
    PARENT_IN_LAW = "parent_in_law", "岳父母、公婆"
    CHILD = "child", "子女"
    RELATIVE = "relative", "其他亲属"


OWN = (Relation.SELF, Relation.SPOUSE)  # a wedding of one's own, a child of one's own


class VisitState(TextChoices):
    RECORDED = "recorded", "已记"
    VOIDED = "voided", "已作废"


class Gift(TextChoices):
    """A filter of the list, not stored."""

    MONEY = "money", "送了慰问金"
    GOODS = "goods", "送了慰问品"
