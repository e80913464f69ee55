"""Values that the roster stores."""

from django.db.models import TextChoices

from unionoffice.roles import Role


class Gender(TextChoices):
    FEMALE = "female", "女"
    MALE = "male", "男"


class MembershipStatus(TextChoices):
    ACTIVE = "active", "在册"
    RETAINED = "retained", "保留会籍"


class EmploymentStatus(TextChoices):
    WORKING = "working", "在职"
    RETIRED = "retired", "退休"
    RETIRED_CADRE = "retired_cadre", "离休"
    EARLY_RETIRED = "early_retired", "内退"
    LEFT = "left", "调出"


class OfficeName(TextChoices):
    """The offices that someone can hold, with dates. Each gives the role of the same value."""

    CHAIR = Role.CHAIR.value, "工会主席"
    VICE_CHAIR = Role.VICE_CHAIR.value, "工会副主席"
    ORGANISATION = Role.ORGANISATION.value, "组织委员"
    CULTURE = Role.CULTURE.value, "文体委员"
    WOMEN = Role.WOMEN.value, "女工委员"
    WELFARE = Role.WELFARE.value, "福利委员"
    TREASURER = Role.TREASURER.value, "财务委员"
    AUDITOR = Role.AUDITOR.value, "经审委员"
    GROUP_LEADER = Role.GROUP_LEADER.value, "工会小组长"
    DEPARTMENT_HEAD = Role.DEPARTMENT_HEAD.value, "部门负责人"
    SCHOOL_LEADER = Role.SCHOOL_LEADER.value, "校领导"
    HIGHER_UNION = Role.HIGHER_UNION.value, "上级工会"
    ADMIN = Role.ADMIN.value, "管理员"


class Earlier(TextChoices):
    """What becomes of who held an office before, where one person holds it at a time."""

    ENDS = "ends", "到前一天为止"
    STAYS = "stays", "两位同时任"


class ImportState(TextChoices):
    PREVIEWED = "previewed", "待确认"
    LANDED = "landed", "已导入"
    UNDONE = "undone", "已撤回"


class RowFate(TextChoices):
    """What an import does with a row of a roster file."""

    HELD = "held", "要您定"
    REJECTED = "rejected", "不能导入"
    NEW = "new", "新增"
    CHANGED = "changed", "更新"
    SAME = "same", "没有变化"
