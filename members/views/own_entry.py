"""The own entry: changed by whom it is about, taken away as a file, and who looked at it."""

from itertools import islice

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from members import actions
from members.forms.own_entry import CorrectionForm, OwnEntryForm
from members.models import Member
from members.queries.corrections import corrections_of, placed_today
from unionoffice import own_data
from unionoffice.access import allow
from unionoffice.concurrent import in_turn
from unionoffice.exports import file_response
from unionoffice.forms import acted, posted, saved

PAGE_SIZE = 50
LATEST = 5
ABOUT = """{name}在{office}办公室里的全部资料，{day} 由本人下载。

我的资料.xlsx 用表格软件打开来看；我的资料.json 是同样的内容，给别的程序用；您自己交来的文件在“附件”里。
有不对的，在“我的资料”里请办公室更正；想问为什么记、记多久，问工会主席。
"""


def beside(user) -> dict:
    """What stands beside the own entry."""
    return {
        "corrections": corrections_of(user)[:LATEST],
        "looks": [own_data.told(e) for e in islice(own_data.looks_at(user.member, user), LATEST)],
    }


def _own(request) -> Member:
    return get_object_or_404(Member, pk=request.user.member_id)


@allow("members.correct_own")
@in_turn(Member, lambda request: request.user.member_id)
def my_profile_update(request):
    form = OwnEntryForm(posted(request), instance=_own(request))
    if request.method == "POST" and form.is_valid():
        member = form.save(commit=False)
        if saved(form, actions.change_own, member=member, by=request.user):
            messages.success(request, "改好了")
            return redirect("members:my_profile")
    status = 422 if form.errors else 200
    return render(request, "members/my_profile_form.html", {"form": form}, status=status)


@allow("members.correct_own")
def correction_create(request):
    own = _own(request)
    placed = placed_today([own.pk])[own.pk]
    form = CorrectionForm(posted(request), request.FILES or None, instance=placed)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        values = {"changes": form.changes, "note": data["note"], "files": data["files"]}
        if saved(form, actions.send_correction, by=request.user, **values):
            messages.success(request, "送出了，办公室改好以后您在这里看得到")
            return redirect("members:my_profile")
    status = 422 if form.errors else 200
    return render(request, "members/correction_form.html", {"form": form}, status=status)


@require_POST
@allow("members.correct_own")
def correction_withdraw(request, pk):
    correction = get_object_or_404(corrections_of(request.user), pk=pk)
    done = "撤回了，资料还是原来的"
    acted(request, done, actions.withdraw_correction, correction=correction)
    return redirect("members:my_profile")


@require_safe
@allow("members.view_own_profile")
def my_looks(request):
    found = list(own_data.looks_at(request.user.member, request.user))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "looks": [own_data.told(entry) for entry in page]}
    return render(request, "members/my_looks.html", context)


@never_cache
@require_GET
@allow("members.view_own_profile")
def my_data(request):
    """The person's own copy of everything; that it was taken is on record."""
    member = _own(request)
    sections = own_data.sections_about(member)
    today = timezone.localdate()
    about = ABOUT.format(name=member, office=request.office, day=today)
    content = own_data.archive(sections, about, own_data.files_of(member, request.user))
    actions.note_own_data(by=request.user, sections=len(sections))
    return file_response(content, f"{member}的资料 {today}", "zip")
