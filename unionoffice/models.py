"""What every app shares and no app owns: the office's identity, the audit chain, attachments."""

import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from unionoffice import choices
from unionoffice.acts import ACTS
from unionoffice.periods import Precision


class OptionalText(models.CharField):
    """A text that may be empty. The database knows that as well: rows written straight into the
    table may leave it out."""

    def __init__(self, *args, **kwargs):
        kwargs = {"blank": True, "default": "", "db_default": ""} | kwargs
        super().__init__(*args, **kwargs)


class Office(models.Model):
    """The school union itself. One row; there is none until the first-run page was filled in."""

    school_name = models.CharField("学校全称", max_length=60)
    short_name = models.CharField("简称", max_length=20, help_text="手机上显示")
    kind = models.CharField(
        "称谓", max_length=20, choices=choices.SchoolKind, default=choices.SchoolKind.SCHOOL
    )
    union_name = models.CharField("工会署名", max_length=60, help_text="和工会印章上的字一致")
    higher_union_name = models.CharField("上级工会", max_length=60)
    party_name = models.CharField("学校党组织", max_length=60, blank=True)
    birthday_passwords = models.BooleanField("开账号可用生日作初始密码", default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(pk=1),
                name="office_is_one",
                violation_error_message="学校和工会的名称只有一份，在设置里改。",
            )
        ]

    def __str__(self):
        return self.union_name

    @property
    def affairs_word(self) -> str:
        return choices.AFFAIRS_WORDS[self.kind]

    @property
    def disclosure_word(self) -> str:
        return f"{self.affairs_word}公开"

    @property
    def self_word(self) -> str:
        return choices.SELF_WORDS[self.kind]


class AppendOnly(models.QuerySet):
    """Rows of the audit chain, however they are reached: to read and to add to."""

    def _refuse(self, *args, **kwargs):
        raise TypeError("操作记录只增不改，也不能删除。")

    update = delete = bulk_update = _refuse


class AuditEntry(models.Model):
    """One thing that someone did or looked at. Rows are only ever added, each holds the hash of
    the row before it, and `verify_audit` names the first that was tampered with."""

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="audit_entries"
    )
    actor_name = models.CharField(max_length=60)
    act = models.CharField(max_length=60)
    target_type = models.CharField(max_length=60)
    target_id = models.CharField(max_length=40)
    target_name = models.CharField(max_length=200)
    changes = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = AppendOnly.as_manager()

    class Meta:
        ordering = ["-number"]
        indexes = [models.Index(fields=["target_type", "target_id"], name="audit_target")]

    def __str__(self):
        return f"{self.number} {self.act} {self.target_name}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("操作记录只增不改，也不能删除。")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("操作记录只增不改，也不能删除。")

    @property
    def act_words(self) -> str:
        """With what `told` says of it among the changes: 以别的身份查看（工会主席，最晚到 14:05）."""
        words, told = ACTS.get(self.act, self.act), self.changes.get("told")
        return f"{words}（{told}）" if told else words

    @property
    def text(self) -> str:
        """In the log of its target: 王桂芬改活动记录."""
        return f"{self.actor_name}{self.act_words}"


class AuditHead(models.Model):
    """The end of the chain. Locked while an entry is added, so that two writers never fork it."""

    count = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")

    def __str__(self):
        return f"{self.count} {self.hash[:8]}"


def attachment_path(attachment: "Attachment", name: str) -> str:
    """A random name: nothing about the content shows in the path."""
    return f"{attachment.pk.hex[:2]}/{attachment.pk.hex}.{attachment.kind}"


class Attachment(models.Model):
    """A file that belongs to one record of any app. Private: served only through a check of
    whether the reader may see the record."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner_type = models.CharField(max_length=60)  # app_label.model
    owner_id = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=10)
    name = models.CharField("文件名", max_length=120)
    label = OptionalText("是什么", max_length=20)
    size = models.PositiveIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to=attachment_path, max_length=120)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["added_at", "id"]
        indexes = [models.Index(fields=["owner_type", "owner_id"], name="attachment_owner")]

    def __str__(self):
        return self.name


class PrecisionField(models.CharField):
    """How exactly the date beside it is known."""

    def __init__(self, *args, **kwargs):
        day = Precision.DAY.value
        super().__init__(*args, **({"max_length": 10, "default": day, "db_default": day} | kwargs))
