"""What a password must not be, in the office's words. How it is checked is Django's."""

from django.contrib.auth import password_validation
from django.contrib.auth.hashers import PBKDF2PasswordHasher, get_hasher, make_password


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


ONE_TIME_ROUNDS = 50_000  # of the hash that is kept until the first login, which hashes anew


def one_time_hash(password: str) -> str:
    """The hash of a password that goes with the first login. Of a million rounds each, a school
    would wait minutes; a random password of fifty bits needs no more than these."""
    hasher = get_hasher()
    if isinstance(hasher, PBKDF2PasswordHasher):
        return hasher.encode(password, hasher.salt(), iterations=ONE_TIME_ROUNDS)
    return make_password(password)
