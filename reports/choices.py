"""The documents that the office writes from its records."""

from django.db.models import TextChoices


class ReportKind(TextChoices):
    PLAN = "plan", "工作计划"
    SUMMARY = "summary", "工作总结"
    TOGETHER = "summary_and_plan", "总结和下期计划"


class FileFormat(TextChoices):
    DOCX = "docx", "Word 文档"
    PDF = "pdf", "PDF"
