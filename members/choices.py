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


class Standing(TextChoices):
    """Where someone stands with the union now, from which a move of the 会籍 begins."""

    NEVER = "never", "还不是会员"
    ACTIVE = "active", "在册"
    RETAINED = "retained", "保留会籍"
    LEFT = "left", "已离开工会"
    DEAD = "dead", "已去世"


class MembershipEntry(TextChoices):
    """How a 会籍 begins (domain: 自愿申请, 接转, 恢复)."""

    JOINED = "joined", "入会"
    TRANSFERRED = "transferred", "转入"
    RESTORED = "restored", "恢复会籍"


class MembershipExit(TextChoices):
    """How a 会籍 ends for good, not into 保留会籍."""

    TRANSFERRED = "transferred", "转出"
    RESIGNED = "resigned", "申请退会"
    LAPSED = "lapsed", "自动退会"
    EXPELLED = "expelled", "除名"
    DIED = "died", "去世"


class Moved(TextChoices):
    """Who came and went within a period, as the list of people takes it from the address."""

    JOINED = "joined", "新入会"
    ENTERED = "entered", "入会"
    TRANSFERRED_IN = "transferred_in", "转入"
    RETURNED = "returned", "恢复会籍"
    CAME_UNSAID = "came_unsaid", "没写怎样入会"
    LEFT = "left", "离开"
    TRANSFERRED_OUT = "transferred_out", "转出"
    RESIGNED = "resigned", "退会"
    DIED = "died", "去世"
    WENT_UNSAID = "went_unsaid", "没写怎样离开"
    RETIRED = "retired", "退休"
    ARRIVED = "arrived", "新进"


class Contract(TextChoices):
    """On which terms the school employs someone."""

    ESTABLISHED = "established", "在编"
    CONTRACTED = "contracted", "聘用"
    DISPATCHED = "dispatched", "劳务派遣"
    OTHER = "other", "其他"


class RetirementLine(TextChoices):
    """A woman's statutory age before 2025, which decides her line of the table of 2024."""

    FIFTY_FIVE = "55", "原 55 岁（干部、专业技术）"
    FIFTY = "50", "原 50 岁（工人、工勤技能）"


class GroupKind(TextChoices):
    GROUP = "group", "工会小组"
    BRANCH = "branch", "分会"
    RETIRED = "retired", "退休小组"
    AREA = "area", "居住片"


class AgeBand(TextChoices):
    """The bands in which the roster is looked through; the value is "from-to" in whole years."""

    YOUNG = "-35", "35 岁及以下（青年）"
    MIDDLE = "36-45", "36 至 45 岁"
    SENIOR = "46-55", "46 至 55 岁"
    OLDER = "56-", "56 岁及以上"


# what someone asks to have corrected besides the own columns
REQUESTED = {"department": "部门", "group": "工会小组"}


class RequestState(TextChoices):
    """Of what a member asks the office for: to join, or to correct the own entry."""

    WAITING = "waiting", "待办"
    ACCEPTED = "accepted", "已同意"
    DECLINED = "declined", "未同意"
    WITHDRAWN = "withdrawn", "已撤回"


class AccountState(TextChoices):
    """Whether someone can log in, as the list of accounts shows it."""

    NONE = "none", "没有账号"
    NEVER = "never", "没登录过"
    USED = "used", "在用"
    LOCKED = "locked", "停用"
    WAITING = "waiting", "密码错太多"


class FirstPassword(TextChoices):
    """What someone logs in with for the first time."""

    RANDOM = "random", "一次性密码，每人不同"
    BIRTHDAY = "birthday", "生日八位数，例如 19850308"


class AssessmentOf(TextChoices):
    """Whose work an assessment is about."""

    UNION = "union", "本会"
    GROUP = "group", "工会小组"
    OFFICER = "officer", "委员"
    PERSON = "person", "教职工"


class SeatRole(TextChoices):
    """What someone is in a 领导小组 or 工作小组."""

    HEAD = "head", "组长"
    DEPUTY = "deputy", "副组长"
    MEMBER = "member", "成员"
    CLERK = "clerk", "联络员"


class RegulationTab(TextChoices):
    """Where a regulation stands on a day; the tabs of their list."""

    IN_FORCE = "in_force", "施行中"
    TO_COME = "to_come", "还没施行"
    ABOLISHED = "abolished", "已废止"
    ALL = "all", "全部"


class ElectionKind(TextChoices):
    GENERAL = "general", "换届选举"
    BY_ELECTION = "by_election", "补选"


class Appointment(TextChoices):
    """How someone came to an office."""

    ELECTED = "elected", "换届选举"
    BY_ELECTED = "by_elected", "补选"
    APPOINTED = "appointed", "任命"


class PrivateField(TextChoices):
    """What is stored only where the office has turned it on, with its reason (PIPL §6, §28)."""

    ID_CARD = "id_card", "身份证号"
    BANK_ACCOUNT = "bank_account", "银行卡号"
    FAMILY = "family", "家庭成员"


class OfficeName(TextChoices):
    """The offices that someone can hold, with dates. OFFICE_ROLES says what each allows."""

    CHAIR = Role.CHAIR.value, "工会主席"
    VICE_CHAIR = Role.VICE_CHAIR.value, "工会副主席"
    ORGANISATION = Role.ORGANISATION.value, "组织委员"
    PUBLICITY = "publicity", "宣传委员"
    CULTURE = Role.CULTURE.value, "文体委员"
    WELFARE = Role.WELFARE.value, "福利委员"
    SECURITY = "security", "保障委员"
    DEMOCRACY = "democracy", "民主管理委员"
    MEDIATION = "mediation", "法律调解委员"
    YOUTH = "youth", "青工委员"
    TREASURER = Role.TREASURER.value, "财务委员"
    OFFICER = Role.OFFICER.value, "工会委员"
    WOMEN_HEAD = "women_head", "女工委主任"
    WOMEN = Role.WOMEN.value, "女工委员"
    AUDIT_HEAD = "audit_head", "经审委主任"
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
    SKIPPED = "skipped", "不导"


# what each office allows
OFFICE_ROLES = {
    **{name.value: Role(name.value) for name in OfficeName if name.value in set(Role)},
    OfficeName.PUBLICITY.value: Role.OFFICER,
    OfficeName.SECURITY.value: Role.WELFARE,
    OfficeName.DEMOCRACY.value: Role.OFFICER,
    OfficeName.MEDIATION.value: Role.OFFICER,
    OfficeName.YOUTH.value: Role.OFFICER,
    OfficeName.WOMEN_HEAD.value: Role.WOMEN,
    OfficeName.AUDIT_HEAD.value: Role.AUDITOR,
}

# what a form suggests for columns that hold any word
ETHNICITIES = (
    "汉族", "蒙古族", "回族", "藏族", "维吾尔族", "苗族", "彝族", "壮族", "布依族", "朝鲜族",
    "满族", "侗族", "瑶族", "白族", "土家族", "哈尼族", "哈萨克族", "傣族", "黎族", "傈僳族",
    "佤族", "畲族", "高山族", "拉祜族", "水族", "东乡族", "纳西族", "景颇族", "柯尔克孜族",
    "土族", "达斡尔族", "仫佬族", "羌族", "布朗族", "撒拉族", "毛南族", "仡佬族", "锡伯族",
    "阿昌族", "普米族", "塔吉克族", "怒族", "乌孜别克族", "俄罗斯族", "鄂温克族", "德昂族",
    "保安族", "裕固族", "京族", "塔塔尔族", "独龙族", "鄂伦春族", "赫哲族", "门巴族", "珞巴族",
    "基诺族",
)  # fmt: skip
PARTIES = (
    "中共党员", "中共预备党员", "共青团员", "民革党员", "民盟盟员", "民建会员", "民进会员", "农工党党员",
    "致公党党员", "九三学社社员", "台盟盟员", "无党派人士", "群众",
)  # fmt: skip
EDUCATIONS = ("博士研究生", "硕士研究生", "大学本科", "大学专科", "中专", "高中", "初中")
TITLES = (
    "正高级教师", "高级教师", "一级教师", "二级教师", "三级教师", "教授", "副教授", "讲师", "助教",
    "实验师", "馆员", "会计师", "主管护师", "高级工", "技师", "未定级",
)  # fmt: skip
