"""入会申请: what waits for the committee, and what a colleague sees of the own one."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from members import actions
from members.choices import RequestState
from members.forms.membership import (
    ApplicationForm,
    ApprovalForm,
    DeclineForm,
    OwnApplicationForm,
    PaperForm,
)
from members.models import Application
from members.queries import membership
from unionoffice.access import allow
from unionoffice.attachments import attachments_of
from unionoffice.forms import acted, posted, saved
from unionoffice.list_filters import TabFilter
from unionoffice.undo import undo_tag

PAGE_SIZE = 50
WAITING, DECIDED, COLLEAGUES = "waiting", "decided", "colleagues"


@require_safe
@allow("members.move_members")
def application_list(request):
    return _render_list(request)


def _render_list(request, refused: ApprovalForm | None = None):
    """The tab in the address, else what waits, with the form that was refused."""
    asked = TabFilter({} if refused else request.GET, tabs=(WAITING, DECIDED, COLLEAGUES))
    tab = asked.chosen
    if asked.errors:
        messages.error(request, asked.refusal)
    rows = {
        WAITING: membership.applications(request.user, waiting=True),
        DECIDED: membership.applications(request.user, waiting=False),
        COLLEAGUES: membership.new_colleagues(request.user),
    }
    page = Paginator(rows[tab], PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "tab": tab,
        "counts": {name: found.count() for name, found in rows.items()},
        "page": page,
        "form": refused or (_approval(request, rows[tab]) if tab == WAITING else None),
        "ticked": refused.data.getlist("chosen") if refused else [],
    }
    status = 422 if refused or asked.errors else 200
    return render(request, "members/application_list.html", context, status=status)


def _approval(request, people) -> ApprovalForm:
    return ApprovalForm(posted(request), waiting=people, groups=membership.open_groups())


@require_POST
@allow("members.move_members")
def application_approve(request):
    """Several at once: all that are ticked join on the day of the decision, or nobody."""
    form = _approval(request, membership.applications(request.user, waiting=True))
    if form.is_valid():
        data = form.cleaned_data
        chosen = {"applications": list(data["chosen"]), "since": data["since"]}
        approve = partial(actions.approve_applications, group=data["group"], **chosen)
        people = [application.member for application in chosen["applications"]]
        values = {"move": approve, "people": people, "by": request.user}
        if done := saved(form, actions.move_at_once, **values):
            approved, undo = done
            tag = undo_tag(reverse("members:selection_undo", args=undo))
            words = f"批准了 {len(approved)} 人入会：{_names(approved)}"
            messages.success(request, words, extra_tags=tag)
            return redirect("members:application_list")
    return _render_list(request, form)


def _names(applications) -> str:
    names = "、".join(str(each.member) for each in applications[:5])
    return f"{names}等" if len(applications) > 5 else names


@allow("members.move_members")
def application_create(request):
    form = ApplicationForm(
        posted(request), request.FILES or None, people=membership.not_enrolled(request.user)
    )
    if request.method == "POST" and form.is_valid():
        application = saved(
            form,
            actions.apply,
            application=form.save(commit=False),
            files=form.cleaned_data["files"],
            by=request.user,
        )
        if application:
            messages.success(request, f"登记好了：{application}")
            return redirect(application)
    status = 422 if form.errors else 200
    return render(request, "members/application_form.html", {"form": form}, status=status)


@require_safe
@allow("members.move_members")
def application_detail(request, pk):
    return _render_application(request, pk)


def _render_application(
    request, pk, refused: DeclineForm | None = None, paper: PaperForm | None = None
):
    application = _application_or_404(request, pk)
    waits = application.state == RequestState.WAITING
    approval = ApprovalForm(
        None,
        waiting=Application.objects.none(),
        groups=membership.open_groups(),
        initial={"since": timezone.localdate()},
    )
    context = {
        "application": application,
        "waits": waits,
        "approval": approval,
        "decline": refused or DeclineForm(),
        "refused": refused,
        "paper": paper or PaperForm(),
        "may_take_back": membership.can_be_taken_back(application),
        "files": attachments_of(application),
    }
    status = 422 if refused or paper else 200
    return render(request, "members/application_detail.html", context, status=status)


@require_POST
@allow("members.move_members")
def application_decline(request, pk):
    application = _application_or_404(request, pk)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _render_application(request, pk, form)
    done = f"写明原因退回去了：{application.member}"
    return _act(request, application, done, actions.decline_application, **form.cleaned_data)


@require_POST
@allow("members.move_members")
def application_attach(request, pk):
    application = _application_or_404(request, pk)
    form = PaperForm(request.POST, request.FILES)
    if not form.is_valid():
        return _render_application(request, pk, paper=form)
    return _act(request, application, "附上了。", actions.attach_paper, **form.cleaned_data)


@require_POST
@allow("members.move_members")
def application_take_back(request, pk):
    application = _application_or_404(request, pk)
    done = f"撤回了这次批准，{application.member}的申请还在等委员会定。"
    return _act(request, application, done, actions.take_back_approval)


def _act(request, application, done: str, action, **values):
    acted(request, done, action, application=application, **values)
    return redirect(application)


def _application_or_404(request, pk) -> Application:
    found = membership.applications_visible_to(request.user)
    return get_object_or_404(
        found.select_related("member", "sent_by__member", "decided_by__member"), pk=pk
    )


@allow("members.view_own_profile")
def my_application(request):
    """Once someone is a 会员, the page of the own entry says so."""
    if not request.user.has_perm("members.apply"):
        return redirect("members:my_profile")
    form = OwnApplicationForm(posted(request))
    latest = membership.own_applications(request.user).first()
    waits = latest is not None and latest.state == RequestState.WAITING
    if request.method == "POST" and form.is_valid():
        application = form.save(commit=False)
        application.member = request.user.member
        application.applied_on = timezone.localdate()
        if saved(form, actions.apply, application=application, by=request.user):
            messages.success(request, "申请交上去了，等委员会定，结果在首页告诉您。")
            return redirect("members:my_application")
    context = {"form": form, "latest": latest, "waits": waits}
    status = 422 if form.errors else 200
    return render(request, "members/my_application.html", context, status=status)


@require_POST
@allow("members.apply")
def my_application_withdraw(request):
    waiting = membership.own_applications(request.user).filter(state=RequestState.WAITING)
    application = waiting.first()
    if application is None:
        messages.error(request, "没有在等的申请，不用撤回。")
    else:
        done = "申请撤回了，以后想加入再交。"
        acted(request, done, actions.withdraw_application, application=application)
    return redirect("members:my_application")
