"""What a password must not be, in the office's words. How it is checked is Django's."""

from django.contrib.auth import password_validation


class LongEnough(password_validation.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return f"密码太短，至少写 {self.min_length} 位。"

    def get_help_text(self) -> str:
        return f"至少 {self.min_length} 位。"


class NotCommon(password_validation.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return "这个密码很多人都在用，一猜就中，换一个别的。"

    def get_help_text(self) -> str:
        return "不用很多人都在用的。"


class NotOnlyDigits(password_validation.NumericPasswordValidator):
    def get_error_message(self) -> str:
        return "密码全是数字，再加上字母。"

    def get_help_text(self) -> str:
        return "不能全是数字。"
