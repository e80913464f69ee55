"""Who may do what: the one table that code, documents and tests read.

Who *has* a role is data (members.OfficeHolding, with dates); what a role *may* do stands here.
`manage.py print_roles` prints the table into the README; a test keeps the two equal.
"""

from enum import StrEnum


class Role(StrEnum):
    ADMIN = "admin"
    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    ORGANISATION = "organisation"
    CULTURE = "culture"
    WOMEN = "women"
    WELFARE = "welfare"
    TREASURER = "treasurer"
    AUDITOR = "auditor"
    OFFICER = "officer"
    GROUP_LEADER = "group_leader"
    DEPARTMENT_HEAD = "department_head"
    SCHOOL_LEADER = "school_leader"
    HIGHER_UNION = "higher_union"
    MEMBER = "member"
    COLLEAGUE = "colleague"

    @property
    def label(self) -> str:
        return ROLE_LABELS[self]


ROLE_LABELS = {
    Role.ADMIN: "管理员",
    Role.CHAIR: "工会主席",
    Role.VICE_CHAIR: "工会副主席",
    Role.ORGANISATION: "组织委员",
    Role.CULTURE: "文体委员",
    Role.WOMEN: "女工委员",
    Role.WELFARE: "福利委员",
    Role.TREASURER: "财务委员",
    Role.AUDITOR: "经审委员",
    Role.OFFICER: "工会委员",
    Role.GROUP_LEADER: "工会小组长",
    Role.DEPARTMENT_HEAD: "部门负责人",
    Role.SCHOOL_LEADER: "校领导",
    Role.HIGHER_UNION: "上级工会",
    Role.MEMBER: "会员",
    Role.COLLEAGUE: "未入会的教职工",
}

EVERYONE = frozenset(Role)
CHAIRS = frozenset({Role.CHAIR, Role.VICE_CHAIR})
COMMITTEE = CHAIRS | {
    Role.ORGANISATION,
    Role.CULTURE,
    Role.WOMEN,
    Role.WELFARE,
    Role.TREASURER,
    Role.AUDITOR,
    Role.OFFICER,
}
OWN_SCHOOL = EVERYONE - {Role.HIGHER_UNION}
OUTSIDE = frozenset({Role.HIGHER_UNION, Role.COLLEAGUE})  # who are no 会员

# permission -> (what it lets one do, in the office's words; the roles that have it)
PERMISSIONS: dict[str, tuple[str, frozenset[Role]]] = {
    "unionoffice.view_home": ("看首页和查找", EVERYONE),
    "unionoffice.change_own_password": ("改自己的密码", EVERYONE),
    "unionoffice.view_file": ("看附件（还要看得到附件所在的记录）", EVERYONE),
    "unionoffice.change_office": ("改学校和工会的名称、称谓", CHAIRS | {Role.ADMIN}),
    "unionoffice.view_audit": ("看操作记录", CHAIRS | {Role.ADMIN, Role.AUDITOR}),
    "members.view_members": ("看会员名册", COMMITTEE | {Role.ADMIN, Role.GROUP_LEADER}),
    "members.view_own_profile": ("看办公室里记着自己的什么", EVERYONE),
    "members.correct_own": ("改自己的手机、爱好、片区，请办公室更正别的", EVERYONE),
    "members.view_figures": ("看会员统计", COMMITTEE | {Role.ADMIN}),
    "members.manage_members": (
        "加会员、改资料、导入名册",
        CHAIRS | {Role.ADMIN, Role.ORGANISATION},
    ),
    "members.export_members": ("导出名册", CHAIRS | {Role.ADMIN, Role.ORGANISATION}),
    "members.move_members": (
        "批准入会，办转会、退休、退会等会籍变动",
        CHAIRS | {Role.ADMIN, Role.ORGANISATION},
    ),
    "members.apply": ("申请入会", frozenset({Role.COLLEAGUE})),
    "members.view_forecasts": ("看退休预测、教龄、职称评审", COMMITTEE | {Role.ADMIN}),
    "members.export_birthdays": (
        "导出生日名单（小组长只有本组的）",
        CHAIRS | {Role.ADMIN, Role.ORGANISATION, Role.WELFARE, Role.WOMEN, Role.GROUP_LEADER},
    ),
    "members.manage_groups": ("设工会小组", CHAIRS | {Role.ADMIN, Role.ORGANISATION}),
    "members.manage_offices": (
        "登记工会职务（组织委员只登记小组长、部门负责人）",
        CHAIRS | {Role.ADMIN, Role.ORGANISATION},
    ),
    "members.view_organisation": ("看组织机构图、历届委员会", EVERYONE),
    "members.view_elections": (
        "看换届选举和补选",
        COMMITTEE | {Role.ADMIN, Role.HIGHER_UNION},
    ),
    "members.manage_terms": (
        "设届，办换届选举和补选（组织委员起草，主席、副主席或管理员宣布）",
        CHAIRS | {Role.ADMIN, Role.ORGANISATION},
    ),
    "members.manage_accounts": (
        "开账号、重置密码（组织委员只管会员、小组长、部门负责人）",
        CHAIRS | {Role.ADMIN, Role.ORGANISATION},
    ),
    "members.keep_private": (
        "定身份证号、银行卡号、家庭成员记不记",
        frozenset({Role.CHAIR, Role.ADMIN}),
    ),
    "members.view_private": (
        "看别人的身份证号、银行卡号、家庭成员（财务委员只看银行卡号，每次查看都留痕）",
        frozenset({Role.CHAIR, Role.ORGANISATION, Role.TREASURER}),
    ),
    "members.change_private": (
        "记、改身份证号、银行卡号、家庭成员",
        frozenset({Role.CHAIR, Role.ORGANISATION}),
    ),
    "members.see_as": ("以别的身份查看（只能看，看不到敏感记录）", frozenset({Role.ADMIN})),
    "members.send_messages": (
        "给会员发通知（小组长只发给本组）",
        CHAIRS | {Role.ORGANISATION, Role.CULTURE, Role.WOMEN, Role.WELFARE, Role.GROUP_LEADER},
    ),
    "members.read_messages": ("看发给自己的通知", EVERYONE),
    "members.find_members": ("在表单里按姓名找人", COMMITTEE | {Role.ADMIN, Role.GROUP_LEADER}),
    "members.view_regulations": ("看制度", EVERYONE),
    "members.manage_regulations": ("写、改、废止制度", CHAIRS | {Role.ORGANISATION}),
    "members.manage_working_groups": (
        "设领导小组、工作小组和里面的人",
        CHAIRS | {Role.ORGANISATION},
    ),
    "members.view_assessments": (
        "看本会和小组的考核、自己的考核",
        EVERYONE - {Role.COLLEAGUE},
    ),
    "members.manage_assessments": (
        "记、改、导入考核，看各位委员、教职工的考核",
        CHAIRS | {Role.ORGANISATION},
    ),
    "activities.view_plans": ("看年度计划", EVERYONE),
    "activities.view_drafts": ("看起草中、还没公布的计划", COMMITTEE),
    "activities.manage_plans": (
        "写计划、导入计划、改事项",
        CHAIRS | {Role.ORGANISATION, Role.CULTURE},
    ),
    "activities.manage_calendar": (
        "导入、改节假日安排，设学期",
        CHAIRS | {Role.ADMIN, Role.ORGANISATION, Role.CULTURE},
    ),
    "activities.export_plans": (
        "导出计划事项和变化",
        COMMITTEE | {Role.SCHOOL_LEADER, Role.HIGHER_UNION},
    ),
    "activities.view_activities": ("看活动记录", EVERYONE),
    "activities.export_activities": (
        "导出活动记录、简报、一场活动的资料册",
        COMMITTEE | {Role.GROUP_LEADER, Role.SCHOOL_LEADER, Role.HIGHER_UNION},
    ),
    "activities.view_figures": (
        "看、导出活动统计",
        COMMITTEE | {Role.SCHOOL_LEADER, Role.HIGHER_UNION},
    ),
    "activities.record_activity": ("记活动", COMMITTEE | {Role.GROUP_LEADER}),
    "activities.add_photos": (
        "加照片、写照片的说明（别的人只管自己负责的社团）",
        EVERYONE - OUTSIDE,
    ),
    "activities.change_activities": (
        "改、作废别人记的活动",
        CHAIRS | {Role.ORGANISATION, Role.CULTURE},
    ),
    "activities.sign_up": (
        "报名、退出、扫码签到，看自己参加了什么",
        frozenset({Role.MEMBER}),
    ),
    "activities.manage_attendance": (
        "发起报名、替别人报名、记谁来了、看和导出参加情况（小组长只管本组的人和自己记的活动）",
        COMMITTEE | {Role.GROUP_LEADER},
    ),
    "activities.view_honours": ("看荣誉、大事记", EVERYONE),
    "activities.record_honours": (
        "记、改荣誉",
        CHAIRS | {Role.ORGANISATION, Role.CULTURE, Role.WOMEN},
    ),
    "activities.export_honours": (
        "导出荣誉、表彰名单、大事记、一个期间的资料册",
        COMMITTEE | {Role.SCHOOL_LEADER, Role.HIGHER_UNION},
    ),
    "activities.view_selections": ("看公示以后的评选", EVERYONE),
    "activities.nominate": ("推荐人选（小组长只推荐本组的）", COMMITTEE | {Role.GROUP_LEADER}),
    "activities.manage_selections": (
        "发起评选、定名单、公示、上报、记结果",
        CHAIRS | {Role.ORGANISATION},
    ),
    "activities.view_series": ("看社团和定期活动", EVERYONE),
    "activities.view_series_people": ("看社团里有谁", EVERYONE - OUTSIDE),
    "activities.join_series": ("自己参加、退出社团", frozenset({Role.MEMBER})),
    "activities.lead_series": (
        "记、改社团的每一次，加人，看出勤（别的人只管自己负责的社团）",
        EVERYONE - OUTSIDE,
    ),
    "activities.manage_series": (
        "设社团和定期活动、停办",
        CHAIRS | {Role.ORGANISATION, Role.CULTURE},
    ),
    "activities.export_series": (
        "导出社团和定期活动",
        COMMITTEE | {Role.SCHOOL_LEADER, Role.HIGHER_UNION},
    ),
    "activities.view_places": ("看阵地和设备", EVERYONE),
    "activities.use_places": ("登记阵地使用", EVERYONE - OUTSIDE),
    "activities.manage_places": (
        "设阵地、记设备、盘点、报废、导入资产台账",
        CHAIRS | {Role.ORGANISATION, Role.CULTURE, Role.WELFARE},
    ),
    "activities.export_assets": (
        "导出资产台账、盘点表、使用记录",
        COMMITTEE | {Role.SCHOOL_LEADER, Role.HIGHER_UNION},
    ),
    "welfare.view_visits": (
        "看慰问记录（每次查看都留痕）",
        CHAIRS | {Role.WELFARE, Role.WOMEN, Role.TREASURER, Role.AUDITOR, Role.GROUP_LEADER},
    ),
    "welfare.record_visit": ("记慰问", CHAIRS | {Role.WELFARE, Role.WOMEN, Role.GROUP_LEADER}),
    "welfare.void_visit": ("作废一笔慰问", CHAIRS | {Role.WELFARE}),
    "welfare.export_visits": ("导出慰问记录", CHAIRS | {Role.WELFARE}),
    "congress.view_congresses": ("看教代会届次", OWN_SCHOOL),
    "congress.manage_congresses": ("设教代会届次", CHAIRS),
    "congress.view_motions": ("看提案", OWN_SCHOOL),
    "congress.submit_motion": ("写提案", frozenset({Role.MEMBER})),
    "congress.second_motion": ("附议", frozenset({Role.MEMBER})),
    "congress.file_motion": ("提案立案、退回、转意见", CHAIRS),
    "congress.view_notices": ("看校务公开", EVERYONE),
    "congress.publish_notice": ("发布校务公开", CHAIRS | {Role.ORGANISATION}),
    "funds.view_funds": (
        "看经费台账",
        CHAIRS | {Role.TREASURER, Role.AUDITOR, Role.SCHOOL_LEADER},
    ),
    "funds.view_allotments": (
        "看小组经费（小组长只看本组的）",
        COMMITTEE | {Role.GROUP_LEADER, Role.SCHOOL_LEADER},
    ),
    "funds.manage_allotments": ("定、改小组经费的额度", CHAIRS | {Role.TREASURER}),
    "reports.view_reports": (
        "看计划与总结",
        COMMITTEE | {Role.SCHOOL_LEADER, Role.HIGHER_UNION},
    ),
    "reports.export_report": ("导出计划与总结", CHAIRS | {Role.ORGANISATION, Role.HIGHER_UNION}),
}

# what someone who looks at the pages as another role does not get to see: illness, money and
# assessments of single people, sealed fields
SENSITIVE = frozenset(
    {
        "members.keep_private",
        "members.view_private",
        "members.change_private",
        "members.manage_assessments",
        "welfare.view_visits",
        "welfare.record_visit",
        "welfare.void_visit",
        "welfare.export_visits",
    }
)

GRANTS: dict[str, frozenset[Role]] = {name: roles for name, (_, roles) in PERMISSIONS.items()}


def permissions_of(roles: frozenset[Role]) -> frozenset[str]:
    """Every permission that one of the roles has."""
    return frozenset(name for name, holders in GRANTS.items() if holders & roles)


def roles_seen_as(role: Role) -> frozenset[Role]:
    """The roles of someone who holds this one: who has an office at the school is a 会员 as well."""
    return frozenset({role}) if role in OUTSIDE else frozenset({role, Role.MEMBER})


def permissions_seen_as(role: Role) -> frozenset[str]:
    """What shows when someone looks at the pages as this role does."""
    return permissions_of(roles_seen_as(role)) - SENSITIVE


def role_words(roles: frozenset[Role]) -> str:
    """工会主席、福利委员: what stands under a user's name. 会员 only when there is nothing else."""
    named = [role for role in Role if role in roles]
    above = [role for role in named if role not in {Role.MEMBER, Role.COLLEAGUE}] or named
    return "、".join(role.label for role in above) or "未入会"
