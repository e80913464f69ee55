"""The people on the roster, the departments that employ them, the groups that the union has."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.urls import reverse

from members.choices import Contract, Gender, GroupKind, RetirementLine
from members.rules import masked_phone
from unionoffice.models import OptionalText, PrecisionField
from unionoffice.periods import iso_date

STAFF_NO_TAKEN = "这个工号已经有人用了，核对一下。"
# of a person, beside the name
SEARCH_KEYS = ("name_key", "pinyin", "pinyin_joined", "initials")  # made from it
OWN_COLUMNS = (
    "gender",
    "birth",
    "birth_precision",
    "staff_no",
    "phone",
    "ethnicity",
    "party",
    "title",
    "post",
    "campus",
    "is_teacher",
    "contract",
    "education",
    "work_began",
    "work_began_precision",
    "arrived",
    "arrived_precision",
    "retirement_line",
    "card_no",
    "hobbies",
    "area",
    "note",
)


class Department(models.Model):
    """A department of the school: 语文组, 总务处."""

    name = models.CharField("部门", max_length=40, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class UnionGroup(models.Model):
    """工会小组: the unit that discusses, recommends, visits; for the retired also by where they
    live. One that was dissolved stays, for the years in which it was there."""

    name = models.CharField(
        "工会小组",
        max_length=40,
        unique=True,
        error_messages={"unique": "已有同名的工会小组，换一个名称。"},
    )
    kind = models.CharField("种类", max_length=10, choices=GroupKind, default=GroupKind.GROUP)
    order = models.PositiveSmallIntegerField("排序", default=0)
    last_day = models.DateField("撤销前的最后一天", null=True, blank=True)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"{reverse('members:member_list')}?group={self.pk}"


class Member(models.Model):
    """A person on the roster. Whether a 会员 on a given day is told by the dated Membership rows;
    a colleague who has none is not one (yet)."""

    name = models.CharField("姓名", max_length=40)
    name_key = models.TextField("姓名（查找用）", editable=False, default="", db_index=True)
    pinyin = models.CharField("拼音", max_length=120, editable=False)
    pinyin_joined = models.CharField("拼音连写", max_length=120, editable=False, db_index=True)
    initials = models.CharField("拼音首字母", max_length=40, editable=False, db_index=True)
    gender = models.CharField("性别", max_length=10, choices=Gender, blank=True)
    birth = models.DateField("出生日期", null=True, blank=True)
    birth_precision = PrecisionField("出生日期精确到")
    ethnicity = models.CharField("民族", max_length=20, blank=True)
    party = models.CharField("政治面貌", max_length=20, blank=True)
    staff_no = models.CharField("工号", max_length=20, null=True, blank=True, unique=True)
    phone = models.CharField("手机", max_length=20, blank=True, db_index=True)
    title = models.CharField("职称", max_length=30, blank=True)
    post = models.CharField("职务", max_length=30, blank=True)
    campus = OptionalText("校区", max_length=30)
    is_teacher = models.BooleanField("专任教师", null=True, blank=True)
    contract = OptionalText("用工形式", max_length=20, choices=Contract)
    education = OptionalText("学历", max_length=20)
    work_began = models.DateField("参加工作时间", null=True, blank=True)
    work_began_precision = PrecisionField("参加工作时间精确到")
    arrived = models.DateField("到校时间", null=True, blank=True)
    arrived_precision = PrecisionField("到校时间精确到")
    retirement_line = OptionalText("退休年龄", max_length=2, choices=RetirementLine)
    card_no = OptionalText("会员证号", max_length=30)
    hobbies = OptionalText("特长爱好", max_length=100)
    area = OptionalText("居住片区", max_length=40)
    note = models.CharField("备注", max_length=200, blank=True)

    class Meta:
        ordering = ["pinyin", "id"]
        indexes = [
            models.Index(fields=["pinyin", "id"], name="member_order"),
            models.Index(fields=["birth"], name="member_birth"),
            models.Index(fields=["work_began"], name="member_work_began"),
            models.Index(fields=["arrived"], name="member_arrived"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="member_has_name",
                violation_error_message="姓名是空的，填上。",
            ),
            models.CheckConstraint(
                condition=Q(gender__in=["", *Gender.values]),
                name="member_gender_known",
                violation_error_message="性别只能是男、女或留空。",
            ),
            models.UniqueConstraint(
                Upper("staff_no"),
                name="member_staff_no_unique",
                violation_error_message=STAFF_NO_TAKEN,
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("members:member_detail", args=[self.pk])

    @property
    def birth_text(self) -> str:
        return iso_date(self.birth, self.birth_precision)

    @property
    def masked_phone(self) -> str:
        return masked_phone(self.phone)
