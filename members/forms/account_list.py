"""The list of accounts, and whom first passwords are handed out to."""

from django import forms
from django.db.models import QuerySet

from members.choices import AccountState, FirstPassword
from members.models import Member, User
from members.queries import accounts as queries
from members.queries import members_visible_to
from unionoffice.fields import QuickInput, ReasonField, filter_choice, search_box
from unionoffice.forms import PlainWords, plain_helper
from unionoffice.list_filters import ListFilter

ALL = "all"
TABS = [*AccountState.choices, (ALL, "全部")]
WHO = [
    (AccountState.NONE.value, "还没有账号的"),
    (AccountState.NEVER.value, "开了没登录过的，换一个初始密码"),
]


class AccountFilter(ListFilter):
    state = forms.ChoiceField(
        choices=TABS,
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "没有这一页，从上面的几页里选。"},
    )
    q = search_box("姓名、拼音、工号、尾号")
    group = filter_choice("工会小组", "工会小组", [])

    def __init__(self, data, *, groups):
        super().__init__(data)
        self.fields["group"].choices = [("", "工会小组"), *groups]

    def clean_state(self) -> str:
        return self.cleaned_data["state"] or ALL

    @property
    def narrowed(self) -> bool:
        return bool(self.cleaned_data.get("q") or self.cleaned_data.get("group"))

    def narrows(self, members: QuerySet[Member]) -> QuerySet[Member]:
        data = self.cleaned_data
        state = "" if data["state"] == ALL else data["state"]
        return queries.listed(members, q=data["q"], group=data["group"], state=state)


class SheetForm(forms.Form):
    """Who gets a first password, and of which kind: in the page's address. `members`: the numbers
    of those who were ticked elsewhere, with commas; empty means everyone."""

    who = forms.ChoiceField(
        label="给谁",
        choices=WHO,
        required=False,
        error_messages={"invalid_choice": "没有这一项，重新选一个。"},
    )
    group = filter_choice("工会小组", "所有小组", [])
    way = forms.ChoiceField(
        label="初始密码",
        choices=FirstPassword,
        required=False,
        error_messages={"invalid_choice": "办公室没有开“用生日作初始密码”，选一次性密码。"},
    )
    members = forms.RegexField(
        regex=r"\A\d{1,9}(,\d{1,9})*\Z",
        required=False,
        max_length=3600,
        widget=QuickInput("hidden"),
        error_messages={
            "invalid": "选中的人看不懂，回名册重新选。",
            "max_length": "一次选得太多，按工会小组分几次。",
        },
    )

    def __init__(self, data, *, groups, birthdays: bool):
        super().__init__(data)
        self.fields["group"].choices = [("", "所有小组"), *groups]
        if not birthdays:
            self.fields["way"].choices = FirstPassword.choices[:1]
        self.helper = plain_helper()

    def clean_who(self) -> str:
        return self.cleaned_data["who"] or AccountState.NONE.value

    def clean_way(self) -> str:
        return self.cleaned_data["way"] or FirstPassword.RANDOM.value

    def clean_members(self) -> list[int]:
        return [int(key) for key in self.cleaned_data["members"].split(",") if key]

    def people(self, user: User) -> list[Member]:
        data = self.cleaned_data
        people = queries.accounts(user)
        if data["members"]:
            people = members_visible_to(user).filter(pk__in=data["members"])
        return list(queries.listed(people, group=data["group"], state=data["who"]))


class LockForm(PlainWords, forms.Form):
    reason = ReasonField(
        label="为什么停用",
        max_length=100,
        error_messages={"required": "写上为什么停用，例如：手机丢了，怕别人登录。"},
    )
