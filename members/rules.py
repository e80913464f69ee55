"""What the roster allows. Pure: no queries, no request."""

import secrets

PASSWORD_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # no letter that looks like another
PASSWORD_LENGTH = 10


def one_time_password() -> str:
    """A random password that can be read off a printed strip."""
    return "".join(secrets.choice(PASSWORD_LETTERS) for _ in range(PASSWORD_LENGTH))


# what a complete entry of the roster has: column -> word
WANTED = {
    "gender": "性别",
    "birth": "出生日期",
    "phone": "手机",
    "department_name": "部门",
    "group_name": "工会小组",
}


def lacks(person: dict) -> list[str]:
    """What is missing in someone's entry, in words."""
    return [word for column, word in WANTED.items() if not person[column]]


def masked_phone(phone: str) -> str:
    """138****4471: lists never show the whole number."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 11 else phone
