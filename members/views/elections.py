"""换届选举 and 补选: the draft, the count, the conclusion, the report."""

from itertools import pairwise

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from members import actions, queries
from members.backends import with_roles
from members.exporters.elections import FORMATS, election_document
from members.facts import active_members
from members.forms.elections import CandidateForm, CountForm, ElectionForm, ReportForm
from members.models import Election, User
from members.rules.terms import Standing, advice
from unionoffice.access import allow
from unionoffice.attachments import attachments_of
from unionoffice.concurrent import in_turn
from unionoffice.exports import file_response
from unionoffice.forms import acted, posted, saved
from unionoffice.queries import log_for

SMALL_STEPS = ("members.add_candidate", "members.drop_candidate", "members.raise_candidate")


@require_safe
@allow("members.view_elections")
def election_detail(request, pk):
    return _page(request, _election_or_404(request, pk), _candidate_form(request))


def _page(request, election, form):
    context = {
        "election": election,
        "today": timezone.localdate(),
        "form": form,
        "files": attachments_of(election),
        "log": log_for(request.user, election).exclude(act__in=SMALL_STEPS)[:20],
        **_said(election),
    }
    status = 422 if form.errors else 200
    return render(request, "members/election_detail.html", context, status=status)


def _said(election) -> dict:
    """Who stands, what the numbers say, and what becomes of others when it is concluded."""
    rows = queries.by_office(queries.candidates(election))
    elected = [row for row in rows if row.elected]
    ending, kept, locked_out = _follows(election, elected)
    return {
        "rows": rows,
        "rising": {row.pk for above, row in pairwise(rows) if above.office == row.office},
        "elected": elected,
        "advice": advice(election, _standing(election, rows), active_members(election.day)),
        "ending": ending,
        "kept": kept,
        "locked_out": locked_out,
    }


def _follows(election, elected) -> tuple:
    """Of a draft: whose offices end, what those elected go on holding, who cannot log in."""
    if election.concluded_at:
        return (), (), ()
    return (
        queries.ended_by(election, elected),
        queries.held_on(election, elected),
        queries.top_without_account(elected),
    )


def _standing(election, rows) -> list[Standing]:
    statuses = queries.statuses_on(election.day, rows)
    return [
        Standing(
            row.member.name,
            row.office,
            row.get_office_display(),
            row.votes,
            row.elected,
            statuses.get(row.member_id),
        )
        for row in rows
    ]


def _election_or_404(request, pk):
    return get_object_or_404(queries.elections_visible_to(request.user), pk=pk)


def _candidate_form(request, data=None):
    return CandidateForm(data, members=queries.members_visible_to(request.user))


@allow("members.manage_terms")
def election_create(request, pk):
    term = get_object_or_404(queries.terms(), pk=pk)
    kind = request.GET.get("kind")
    initial = {"kind": kind, "day": max(term.start, timezone.localdate())}
    form = ElectionForm(posted(request), instance=Election(term=term), initial=initial)
    if request.method == "POST" and form.is_valid():
        election = saved(
            form, actions.add_election, election=form.save(commit=False), by=request.user
        )
        if election:
            messages.success(request, "草稿存好了，接着加候选人。")
            return redirect(election)
    return _entry(request, form, term=term, title=f"{term}：办选举", button="存好草稿")


@allow("members.manage_terms")
@in_turn(Election)
def election_update(request, pk):
    election = _election_or_404(request, pk)
    form = ElectionForm(posted(request), instance=election)
    if request.method == "POST" and form.is_valid():
        changed = saved(
            form, actions.update_election, election=form.save(commit=False), by=request.user
        )
        if changed:
            messages.success(request, "改好了。")
            return redirect(election)
    return _entry(request, form, title=f"改{election}", button="改好了", election=election)


def _entry(request, form, **context):
    status = 422 if form.errors else 200
    context = {"form": form, **context}
    return render(request, "members/election_form.html", context, status=status)


@allow("members.manage_terms")
@in_turn(Election)
def election_count(request, pk):
    election = _election_or_404(request, pk)
    rows = queries.by_office(queries.candidates(election))
    form = CountForm(posted(request), instance=election, candidates=rows)
    if request.method == "POST" and form.is_valid():
        kept = saved(
            form,
            actions.count_election,
            election=form.save(commit=False),
            votes=form.votes,
            by=request.user,
        )
        if kept:
            messages.success(request, "记好了，核对一下再宣布。")
            return redirect(election)
    context = {"form": form, "election": election}
    status = 422 if form.errors else 200
    return render(request, "members/election_count.html", context, status=status)


@allow("members.manage_terms")
@in_turn(Election)
def election_report(request, pk):
    election = _election_or_404(request, pk)
    form = ReportForm(posted(request), request.FILES or None, instance=election)
    if request.method == "POST" and form.is_valid():
        files = form.cleaned_data["files"]
        draft = form.save(commit=False)
        if saved(form, actions.record_report, election=draft, files=files, by=request.user):
            messages.success(request, "记好了。")
            return redirect(election)
    context = {"form": form, "election": election}
    status = 422 if form.errors else 200
    return render(request, "members/election_report.html", context, status=status)


@require_GET
@allow("members.view_elections")
def election_export(request, pk):
    election = _election_or_404(request, pk)
    if not election.concluded_at:
        messages.error(request, "选举结果还没有宣布，宣布以后再导出报告。")
        return redirect(election)
    file_format = request.GET.get("format", "docx")
    if file_format not in FORMATS:
        messages.error(request, "只能导出 Word 或者 PDF，重新选一下。")
        return redirect(election)
    document = election_document(election, office=request.office, today=timezone.localdate())
    return file_response(FORMATS[file_format](document), document.name, file_format)


@require_POST
@allow("members.manage_terms")
def election_conclude(request, pk):
    election = _election_or_404(request, pk)
    words = "宣布了，当选的人从选举那天起任职。"
    if acted(request, words, actions.conclude_election, election=election):
        elected = [row for row in queries.candidates(election) if row.elected]
        locked_out = queries.top_without_account(elected)
        names = "、".join(f"{each.get_office_display()}{each.member}" for each in locked_out)
        if names:
            messages.warning(request, f"{names}还没有账号，登录不了，尽快给他们开好。")
    return redirect(_page_still_open(request, election))


@require_POST
@allow("members.manage_terms")
def election_reopen(request, pk):
    return _acted(request, pk, actions.reopen_election, "撤回了，又是草稿，原来的人接着任职。")


@require_POST
@allow("members.manage_terms")
def election_drop(request, pk):
    return _acted(request, pk, actions.drop_election, "草稿去掉了。", gone=True)


def _acted(request, pk, action, words: str, *, gone: bool = False):
    election = _election_or_404(request, pk)
    done = acted(request, words, action, election=election)
    return redirect(election.term if done and gone else _page_still_open(request, election))


def _page_still_open(request, election: Election):
    """The election; for those whose own office ended with it just now, its term."""
    user = with_roles(User.objects.get(pk=request.user.pk))
    allowed = user.has_perm("members.view_elections")
    seen = allowed and queries.elections_visible_to(user).filter(pk=election.pk).exists()
    return election if seen else election.term


@require_POST
@allow("members.manage_terms")
def candidate_create(request, pk):
    election = _election_or_404(request, pk)
    form = _candidate_form(request, request.POST)
    if form.is_valid():
        candidate = form.save(commit=False)
        candidate.election = election
        if saved(form, actions.add_candidate, candidate=candidate, by=request.user):
            messages.success(request, f"加好了：{candidate}")
            return redirect(election.get_absolute_url() + "#candidates")
    return _page(request, election, form)


@require_POST
@allow("members.manage_terms")
def candidate_raise(request, pk):
    return _candidate_acted(request, pk, actions.raise_candidate)


@require_POST
@allow("members.manage_terms")
def candidate_drop(request, pk):
    return _candidate_acted(request, pk, actions.drop_candidate)


def _candidate_acted(request, pk, action):
    candidate = get_object_or_404(queries.candidates_visible_to(request.user), pk=pk)
    acted(request, "", action, candidate=candidate)
    return redirect(candidate.election.get_absolute_url() + "#candidates")
