"""制度: the union's own rules, for everyone to read."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from members import actions, queries
from members.choices import RegulationTab
from members.exporters.regulations import RegulationRegister, paragraphs_of, wall_pdf
from members.forms.regulations import AbolishForm, RegulationFilter, RegulationForm
from members.models import Regulation
from unionoffice.access import allow
from unionoffice.attachments import attachments_of
from unionoffice.concurrent import in_turn
from unionoffice.exports import file_response, table_response
from unionoffice.forms import acted, posted, saved
from unionoffice.periods import chinese_date

PAGE_SIZE = 50


@require_safe
@allow("members.view_regulations")
def regulation_list(request):
    form = RegulationFilter(request.GET)
    valid = form.is_valid()
    tab = form.cleaned_data.get("tab", RegulationTab.IN_FORCE)
    text = form.cleaned_data.get("q", "")
    rows = queries.regulations_in(tab, form.day, text) if valid else Regulation.objects.none()
    context = {
        "form": form,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "regulation_tabs": [(one.value, one.label) for one in RegulationTab],
        "tab": tab,
        "day": form.day,
        "today": timezone.localdate(),
        "narrowed": bool(text),
    }
    status = 422 if form.errors else 200
    return render(request, "members/regulation_list.html", context, status=status)


@require_GET
@allow("members.view_regulations")
def regulation_export(request):
    form = RegulationFilter(request.GET)
    if not form.is_valid():
        messages.error(request, form.refusal)
        return redirect("members:regulation_list")
    rows = queries.regulations_in(form.cleaned_data["tab"], form.day, form.cleaned_data["q"])
    return table_response(RegulationRegister(rows, form.day), request.GET.get("format", "xlsx"))


@require_safe
@allow("members.view_regulations")
def regulation_detail(request, pk):
    regulation = _regulation_or_404(request, pk)
    today = timezone.localdate()
    context = {
        "regulation": regulation,
        "standing": regulation.standing(today),
        "paragraphs": paragraphs_of(regulation.text),
        "files": attachments_of(regulation),
        "today": today,
    }
    return render(request, "members/regulation_detail.html", context)


@require_safe
@allow("members.view_regulations")
def regulation_wall(request, pk):
    """As a PDF in large type, to be hung up."""
    regulation = _regulation_or_404(request, pk)
    content = wall_pdf(regulation, request.office)
    return file_response(content, regulation.title, "pdf")


@allow("members.manage_regulations")
def regulation_create(request):
    form = RegulationForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        regulation = _saved(request, form, actions.add_regulation)
        if regulation:
            return redirect(regulation)
    return _render_form(request, form, adding=True)


@allow("members.manage_regulations")
@in_turn(Regulation)
def regulation_update(request, pk):
    regulation = _regulation_or_404(request, pk)
    form = RegulationForm(posted(request), request.FILES or None, instance=regulation)
    if (
        request.method == "POST"
        and form.is_valid()
        and _saved(request, form, actions.update_regulation, untouched=form.untouched)
    ):
        return redirect(regulation)
    return _render_form(request, form, adding=False)


def _saved(request, form, action, **values):
    regulation = saved(
        form,
        action,
        regulation=form.save(commit=False),
        files=form.cleaned_data["files"],
        by=request.user,
        **values,
    )
    if regulation:
        messages.success(request, f"存好了：{regulation}")
    return regulation


def _render_form(request, form, *, adding: bool):
    status = 422 if form.errors else 200
    context = {"form": form, "adding": adding}
    return render(request, "members/regulation_form.html", context, status=status)


@require_POST
@allow("members.manage_regulations")
def regulation_abolish(request, pk):
    regulation = _regulation_or_404(request, pk)
    form = AbolishForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["last_day"][0])
        return redirect(regulation)
    last_day = form.cleaned_data["last_day"]
    done = f"记下了：{regulation}到{chinese_date(last_day)}为止。"
    acted(request, done, actions.abolish_regulation, regulation=regulation, last_day=last_day)
    return redirect(regulation)


@require_POST
@allow("members.manage_regulations")
def regulation_restore(request, pk):
    regulation = _regulation_or_404(request, pk)
    acted(request, f"恢复了：{regulation}", actions.restore_regulation, regulation=regulation)
    return redirect(regulation)


def _regulation_or_404(request, pk):
    return get_object_or_404(queries.regulations_visible_to(request.user), pk=pk)
