"""Logging in, setting one's own password, and the first-run page."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.password_validation import validate_password

from members.models import User
from members.roster_reader.cells import plain
from unionoffice.forms import OFFICE_FIELDS, PlainWords, office_layout, plain_helper
from unionoffice.models import Office

WRITE_AGAIN = "密码再写一遍，免得写错。"


class LoginForm(PlainWords, AuthenticationForm):
    error_messages = {
        "invalid_login": "登录名或密码不对。登录名是工号或手机号；忘了密码，找工会主席重置。",
        "inactive": "这个账号已停用，联系工会主席。",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "工号或手机号"
        self.fields["password"].label = "密码"
        self.helper = plain_helper()


class OwnPasswordForm(PlainWords, PasswordChangeForm):
    """Asks for the present password, but not for a one-time password: that was typed just now."""

    error_messages = {
        "password_incorrect": "现在的密码不对，再写一遍。",
        "password_mismatch": "两遍密码不一样，再写一遍。",
    }

    def __init__(self, user, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        if user.must_change_password:
            del self.fields["old_password"]
        else:
            self.fields["old_password"].label = "现在的密码"
        self.fields["new_password1"].label = "新密码"
        self.fields["new_password1"].help_text = "至少 8 位，不能全是数字"
        self.fields["new_password2"].label = "再写一遍"
        self.fields["new_password2"].help_text = ""
        self.fields["new_password2"].error_messages["required"] = WRITE_AGAIN
        self.helper = plain_helper()

    def clean_new_password1(self):
        password = self.cleaned_data["new_password1"]
        if self.user.check_password(password):
            raise forms.ValidationError("这就是现在的密码，换一个别的。")
        return password


class LoginNameField(forms.RegexField):
    """As it is typed at the login: half-width, without blanks."""

    def to_python(self, value):
        return plain(super().to_python(value))


class SetUpForm(PlainWords, forms.ModelForm):
    """The office's names and its first administrator, in one page."""

    admin_name = forms.CharField(label="管理员姓名", max_length=40)
    admin_login = LoginNameField(
        label="工号或手机号",
        regex=r"^[0-9A-Za-z-]{2,20}$",
        help_text="以后用它登录",
        error_messages={"invalid": "登录名只能用数字、字母和短横线，2 到 20 位。"},
    )
    is_chair = forms.BooleanField(
        label="这位管理员就是工会主席",
        required=False,
        initial=True,
        help_text="不勾的话，登录后在“工会职务”里登记主席",
    )
    password1 = forms.CharField(
        label="密码",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="至少 8 位，不能全是数字",
    )
    password2 = forms.CharField(
        label="再写一遍密码",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": WRITE_AGAIN},
    )

    class Meta:
        model = Office
        fields = OFFICE_FIELDS
        widgets = {"kind": forms.RadioSelect}

    helper = plain_helper(
        *office_layout(), "admin_name", "admin_login", "is_chair", "password1", "password2"
    )

    def clean_password1(self):
        password = self.cleaned_data["password1"]
        validate_password(password, User())
        return password

    def clean(self):
        data = super().clean()
        first, second = (self.data.get(name, "") for name in ("password1", "password2"))
        if first and second and first != second:  # also when the first one is refused
            self.add_error("password2", "两遍密码不一样，再写一遍。")
        return data
