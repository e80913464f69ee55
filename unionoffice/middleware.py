"""Before anything else: the office is set up; a one-time password is replaced."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve

from unionoffice.concurrent import clash
from unionoffice.errors import RuleBroken
from unionoffice.queries import current_office
from unionoffice.roles import permissions_seen_as, roles_seen_as
from unionoffice.see_as import KEY as SEE_AS
from unionoffice.see_as import read_seen_as

ONLY_BY_BUTTON = "这一步要在记录的页面上点按钮来办，不能直接打开网址。回到那条记录再点一次。"
OPEN_WITH_ONE_TIME_PASSWORD = {"password_change", "logout"}
OPEN_WHILE_SEEING = {"see_as_end", "logout"}
READING = ("GET", "HEAD", "OPTIONS")


class SetUpFirstMiddleware:
    """Loads `request.office`; without one, every page leads to the first-run page and, with one,
    the first-run page leads home."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.office = current_office()
        setting_up = resolve_name(request.path_info) == "set_up"
        if request.office is None and not setting_up:
            return redirect("members:set_up")
        if request.office and setting_up:
            return redirect("unionoffice:home")
        return self.get_response(request)


class RefusalMiddleware:
    """A refusal that no form or message took up becomes a page with its sentence, status 400; so
    does an address with the sign that PostgreSQL takes in no text, (405) one that only a button
    may send something to, or (409) what somebody else was faster to change."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "%00" in request.META["QUERY_STRING"]:
            return refused(request, "网址里有一个不能用的字符，回到上一页重新填写。")
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            return refused(request, ONLY_BY_BUTTON, response.status_code)
        return response

    def process_exception(self, request, exception):
        if isinstance(exception, RuleBroken):
            return refused(request, str(exception))
        sentence = "" if request.method in READING else clash(exception)
        return refused(request, sentence, HTTPStatus.CONFLICT) if sentence else None


def refused(request, sentence: str, status: int = HTTPStatus.BAD_REQUEST) -> HttpResponse:
    return render(request, "unionoffice/refused.html", {"sentence": sentence}, status=status)


class PrivatePagesMiddleware:
    """What a user sees stays in no cache: not on the way, nor in the browser after the logout."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        is_page = response.get("Content-Type", "").startswith("text/html")
        if is_page and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class OwnPasswordFirstMiddleware:
    """A user with a one-time password can only set another."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        user = request.user
        if not user.is_authenticated or not user.must_change_password:
            return None
        if request.resolver_match.url_name in OPEN_WITH_ONE_TIME_PASSWORD:
            return None
        return redirect("members:password_change")


class SeeAsMiddleware:
    """While an administrator looks at the pages as another role, the user of the request has this
    role and no other, and nothing can be changed. When the time is over, the next page is the own
    one again; a form that was opened before is still refused."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if SEE_AS in request.session:
            self._look(request, read_seen_as(request.session))
        return self.get_response(request)

    def _look(self, request, seen_as):
        if seen_as is None or not request.user.has_perm("members.see_as"):
            del request.session[SEE_AS]
        elif seen_as.over and request.method in READING:
            del request.session[SEE_AS]
            messages.warning(request, f"以“{seen_as.label}”的身份查看到时间了，现在是您自己的页面")
        else:
            user = request.user
            user.seen_as = seen_as
            user.roles = roles_seen_as(seen_as.role)
            user.permissions = permissions_seen_as(seen_as.role)

    def process_view(self, request, view, args, kwargs):
        seen_as = getattr(request.user, "seen_as", None)
        if not seen_as or request.method in READING:
            return None
        if request.resolver_match.url_name in OPEN_WHILE_SEEING:
            return None
        sentence = f"现在以“{seen_as.label}”的身份查看，只能看，不能改。退出查看以后再来办。"
        return refused(request, sentence, HTTPStatus.FORBIDDEN)


def resolve_name(path: str) -> str:
    """The URL name that a path leads to; "" for none."""
    try:
        return resolve(path).url_name or ""
    except Resolver404:
        return ""
