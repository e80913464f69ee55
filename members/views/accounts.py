"""Logging in and out, the own password, the first-run page, accounts for others."""

from django.contrib import messages
from django.contrib.auth import login as log_in
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth import views as auth_views
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from members import actions, queries
from members.forms.account_list import LockForm
from members.forms.accounts import LoginForm, OwnPasswordForm, SetUpForm
from members.models import User
from unionoffice.access import allow, public
from unionoffice.errors import RuleBroken
from unionoffice.forms import acted, posted

BACKEND = "members.backends.RoleBackend"


@public
@sensitive_post_parameters()
def login(request):
    return LoginView.as_view()(request)


class LoginView(auth_views.LoginView):
    template_name = "members/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)


@public
def logout(request):
    user = request.user
    if request.method == "POST" and user.is_authenticated and user.seen_as:
        actions.end_see_as(by=user, seen_as=user.seen_as)
    return auth_views.LogoutView.as_view()(request)


@sensitive_post_parameters()
@allow("unionoffice.change_own_password")
def password_change(request):
    form = OwnPasswordForm(request.user, posted(request))
    if request.method == "POST" and form.is_valid():
        actions.change_own_password(user=request.user, password=form.cleaned_data["new_password1"])
        update_session_auth_hash(request, request.user)
        messages.success(request, "密码改好了，下次用新密码登录。")
        return redirect("unionoffice:home")
    status = 422 if form.errors else 200
    return render(request, "members/password_change.html", {"form": form}, status=status)


@public
@sensitive_post_parameters()
def set_up(request):
    form = SetUpForm(posted(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        user = actions.set_up(
            office=form.save(commit=False),
            name=data["admin_name"],
            login=data["admin_login"],
            password=data["password1"],
            is_chair=data["is_chair"],
        )
        log_in(request, user, backend=BACKEND)
        return redirect("unionoffice:home")
    status = 422 if form.errors else 200
    return render(request, "members/set_up.html", {"form": form}, status=status)


@never_cache
@require_POST
@allow("members.manage_accounts")
def account_open(request, pk):
    member = get_object_or_404(queries.members_visible_to(request.user), pk=pk)
    try:
        user, password = actions.open_account(member=member, by=request.user)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect(member)
    return _render_password(request, user, password)


@never_cache
@require_POST
@allow("members.manage_accounts")
def account_reset(request, pk):
    member = get_object_or_404(queries.members_visible_to(request.user), pk=pk)
    user = get_object_or_404(User.objects.select_related("member"), member=member)
    try:
        password = actions.reset_password(user=user, by=request.user)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect(member)
    return _render_password(request, user, password)


@require_POST
@allow("members.manage_accounts")
def account_lock(request, pk):
    member = get_object_or_404(queries.members_visible_to(request.user), pk=pk)
    form = LockForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["reason"][0])
        return redirect(member)
    done = f"停用了：{member}的账号，现在起不能登录"
    acted(request, done, actions.lock_account, member=member, because=form.cleaned_data["reason"])
    return redirect(member)


@require_POST
@allow("members.manage_accounts")
def account_unlock(request, pk):
    member = get_object_or_404(queries.members_visible_to(request.user), pk=pk)
    user = get_object_or_404(User, member=member)
    done = f"恢复了：{member}的账号，用原来的密码登录"
    acted(request, done, actions.unlock_account, user=user)
    return redirect(member)


def _render_password(request, user, password):
    """The only time that the one-time password is shown."""
    context = {"account": user, "password": password}
    return render(request, "members/account_password.html", context)
