"""The fields that several apps use."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from unionoffice.fields import FilesField, PeriodField, QuickSelect, filter_choice, search_box
from unionoffice.periods import Period
from unionoffice.ready_files import ReadyFile


def test_a_period_is_read_and_this_year_is_meant_where_none_is_named():
    assert PeriodField().clean("2026H1") == Period.half(2026, 1)
    assert PeriodField().clean("") == Period.current()


def test_a_period_that_can_not_be_read_is_said_in_the_forms_words():
    with pytest.raises(forms.ValidationError) as refusal:
        PeriodField().clean("去年")
    assert refusal.value.messages[0].startswith("看不懂期间“去年”，写成 2026（年度）")


def test_several_files_become_files_ready_to_keep():
    files = [SimpleUploadedFile("一.pdf", b"%PDF-1"), SimpleUploadedFile("二.pdf", b"%PDF-2")]
    assert FilesField().clean(files) == [
        ReadyFile("一.pdf", "pdf", b"%PDF-1"),
        ReadyFile("二.pdf", "pdf", b"%PDF-2"),
    ]


@pytest.mark.parametrize("value", [None, []])
def test_no_file_is_no_error(value):
    assert FilesField().clean(value) == []


class Filters(forms.Form):
    kind = filter_choice("事由", "所有事由", [("wedding", "结婚"), ("<b>", "<生病>")])
    q = search_box("姓名")


def test_a_filter_choice_marks_what_is_chosen_and_escapes():
    assert str(Filters({"kind": "wedding"})["kind"]) == (
        '<select aria-label="事由" id="id_kind" name="kind"><option value="">所有事由</option>'
        '<option value="wedding" selected>结婚</option>'
        '<option value="&lt;b&gt;">&lt;生病&gt;</option></select>'
    )


def test_a_search_box_says_what_it_searches():
    assert str(Filters()["q"]) == (
        '<input id="id_q" maxlength="60" name="q" placeholder="姓名" type="search">'
    )


def test_choices_that_stand_under_a_name_are_options_of_their_group():
    choices = [
        ("", "计划外"),
        ("2026<年>", [(1, "插花"), (2, "<体检>")]),
        ("2025年", [(3, "登山")]),
    ]
    assert QuickSelect(choices=choices).render("item", 2) == (
        '<select name="item"><option value="">计划外</option>'
        '<optgroup label="2026&lt;年&gt;"><option value="1">插花</option>'
        '<option value="2" selected>&lt;体检&gt;</option></optgroup>'
        '<optgroup label="2025年"><option value="3">登山</option></optgroup></select>'
    )
