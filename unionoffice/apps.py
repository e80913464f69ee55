from django.apps import AppConfig


class UnionOfficeConfig(AppConfig):
    name = "unionoffice"
    verbose_name = "工会办公室"

    def ready(self):
        from unionoffice import checks  # noqa: F401  (registers the system checks)
