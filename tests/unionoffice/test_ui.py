"""Shared template components, the vendored files, the icon sprite."""

import hashlib
import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template, TemplateSyntaxError
from django.template.loader import get_template
from django.test import RequestFactory

from script import build_icons
from tests.factories.menu import all_items
from unionoffice.templatetags import ui

ROOT = Path(django_settings.BASE_DIR)
STATIC = ROOT / "static"
VENDOR = STATIC / "vendor"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def render(source, **context):
    return Template(source).render(Context(context))


class TestMoneyAndDates:
    @pytest.mark.parametrize(
        ("amount", "text"),
        [
            (None, ""),
            (0, "0 元"),
            (28300, "28,300 元"),
            (Decimal("28300.00"), "28,300 元"),
            (Decimal("28300.50"), "28,300.50 元"),
            (Decimal("1200"), "1,200 元"),
        ],
    )
    def test_money_shows_cents_only_where_there_are_any(self, amount, text):
        assert render("{% money amount %}", amount=amount) == text

    @pytest.mark.parametrize(
        ("precision", "text"), [("day", "2026年3月8日"), ("month", "2026年3月"), ("year", "2026年")]
    )
    def test_a_date_shows_only_as_much_as_is_known(self, precision, text):
        source = "{% partial_date day precision %}"
        assert render(source, day=date(2026, 3, 8), precision=precision) == text

    def test_no_date_shows_nothing(self):
        assert render("{% partial_date day %}", day=None) == ""

    @pytest.mark.parametrize(
        ("day", "tone", "text"),
        [
            (date(2026, 11, 11), "late", "逾期 7 天"),
            (date(2026, 11, 18), "today", "今天"),
            (date(2026, 11, 19), "soon", "明天"),
            (date(2026, 11, 21), "soon", "剩 3 天"),
            (date(2026, 11, 22), "", "周日"),
            (date(2026, 11, 23), "", "11月23日"),
            (date(2027, 1, 5), "", "2027年1月5日"),
        ],
    )
    def test_a_deadline_is_said_as_on_that_day(self, day, tone, text):
        wednesday = date(2026, 11, 18)
        assert ui.due_day(day, wednesday) == f'<span class="due {tone}">{text}</span>'


class TestPeopleAndTags:
    def test_a_name_always_has_the_same_tint(self):
        assert ui.who("周慧兰") == ui.who("周慧兰")
        assert '<span class="who t' in ui.who("周慧兰")
        assert ">周</span>" in ui.who("周慧兰", "sm")

    def test_names_and_tags_are_escaped(self):
        assert "<b>" not in ui.who("<b>")
        assert ui.tag("<b>", "red") == '<span class="tag red">&lt;b&gt;</span>'
        assert ui.due("<b>") == '<span class="due ">&lt;b&gt;</span>'

    def test_a_glyph_is_silent_beside_its_word_and_speaks_alone(self):
        assert 'aria-hidden="true"' in ui.glyph("done")
        assert 'role="img" aria-label="已完成"' in ui.glyph("done", "已完成")


class TestBars:
    def widths(self, svg):
        return re.findall(r'class="(\w+)"[^>]* width="([\d.]+)"', svg)

    def test_within_the_limit_nothing_is_over(self):
        svg = ui.meter(Decimal(600), Decimal(200), Decimal(1000))
        assert self.widths(svg) == [("used", "60.0"), ("now", "20.0")]
        assert 'aria-label="已用 600 元，本次 200 元，上限 1,000 元"' in svg

    def test_what_goes_over_the_limit_is_its_own_part_and_is_said(self):
        svg = ui.meter(Decimal(600), Decimal(600), Decimal(1000))
        assert self.widths(svg) == [("used", "50.0"), ("now", "33.3"), ("over", "16.7")]
        assert "超出 200 元" in svg

    def test_an_empty_meter_is_no_division_by_zero(self):
        assert self.widths(ui.meter(Decimal(0))) == [("used", "0.0"), ("now", "0.0")]

    def test_a_bar_never_runs_past_its_end(self):
        assert 'width="100"' in ui.bar(5, 4)
        assert 'width="0"' in ui.bar(5, 0)

    def test_months_to_come_are_hollow_and_the_latest_is_marked(self):
        svg = ui.spark([4, 0, 2, None], "各月慰问人次")
        assert re.findall(r'rect class="(\w*)" x="([\d.]+)" y="([\d.]+)"', svg) == [
            ("", "0.0", "1.0"),
            ("", "9.6", "28.0"),
            ("now", "19.2", "15.5"),
            ("ahead", "28.8", "28.0"),
        ]


class TestBlocks:
    def test_a_block_head_has_its_count_and_body(self):
        html = render('{% block_head "提案" count=3 %}<a href="#">全部</a>{% endblock_head %}')
        assert html == (
            '<div class="block-head"><h2>提案</h2><span class="n">3</span><a href="#">全部</a></div>'
        )

    def test_a_wrong_argument_is_an_error(self):
        with pytest.raises(TemplateSyntaxError, match="colour"):
            render('{% block_head "提案" colour="red" %}{% endblock_head %}')

    def test_an_empty_state_offers_the_ways_to_begin(self):
        html = ui.empty_state(
            "还没有计划", "现成的文档就行。", "/new/", "写计划", "/import/", "导入"
        )
        assert re.findall(r'<a class="btn btn-(\S+)" href="(\S+)">(\w+)</a>', html) == [
            ("primary", "/new/", "写计划"),
            ("outline-secondary", "/import/", "导入"),
        ]

    def test_an_empty_state_without_a_way_has_no_buttons(self):
        assert "acts" not in ui.empty_state("没有找到")

    def test_undo_comes_from_the_extra_tags(self):
        assert (
            ui.undo_url(SimpleNamespace(extra_tags="undo:/welfare/3/undo/")) == "/welfare/3/undo/"
        )
        assert ui.undo_url(SimpleNamespace(extra_tags="quiet")) == ""
        assert ui.undo_url(SimpleNamespace(extra_tags=None)) == ""


class TestPager:
    def pager(self, number, rows):
        request = RequestFactory().get("/members/", {"group": "语文组", "page": number})
        page = Paginator(range(rows), 50).get_page(number)
        return Template('{% pager page "人" %}').render(RequestContext(request, {"page": page}))

    def test_it_says_which_rows_and_keeps_the_rest_of_the_address(self):
        html = self.pager(2, 298)
        assert "<span>第 51 至 100 人，共 298 人</span>" in html
        assert re.findall(r'href="\?([^"]+)" aria-current="page">(\d)<', html) == [
            ("group=%E8%AF%AD%E6%96%87%E7%BB%84&amp;page=2", "2")
        ]
        assert re.findall(r'page=(\d)" rel="(\w+)"', html) == [("1", "prev"), ("3", "next")]

    def test_one_page_has_nothing_to_turn(self):
        assert "<nav" not in self.pager(1, 12)

    def test_no_rows_say_nothing(self):
        assert "<span>" not in self.pager(1, 0)


class TestVendoredFiles:
    def packages(self):
        return json.loads((VENDOR / "MANIFEST.json").read_text())["packages"]

    def test_every_file_is_the_one_that_was_published(self):
        changed = [
            name
            for package in self.packages()
            for name, digest in package["files"].items()
            if hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() != digest
        ]
        assert changed == []

    def test_nothing_lies_there_unlisted(self):
        listed = {name for package in self.packages() for name in package["files"]}
        found = {str(p.relative_to(VENDOR)) for p in VENDOR.rglob("*") if p.is_file()}
        assert found == listed | {"MANIFEST.json"}

    def test_each_package_states_version_and_licence(self):
        assert [(p["name"], p["version"], p["licence"]) for p in self.packages()] == [
            ("bootstrap", "5.3.9", "MIT"),
            ("htmx.org", "2.0.11", "0BSD"),
            ("bootstrap-icons", "1.13.2", "MIT"),
        ]

    def test_collecting_with_hashed_names_finds_every_reference(self, settings, tmp_path):
        settings.STATIC_ROOT = tmp_path
        settings.STORAGES = {
            **settings.STORAGES,
            "staticfiles": {
                "BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
            },
        }
        call_command("collectstatic", interactive=False, verbosity=0)
        collected = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
        assert "css/base.css" in collected


class TestIcons:
    def names(self):
        sprite = build_icons.SPRITE.read_text()
        return set(re.findall(r'<symbol id="([ig]-[\w-]+)"', sprite))

    def test_the_sprite_is_made_of_the_files_beside_it(self):
        assert build_icons.SPRITE.read_text() == build_icons.sprite()

    def test_every_icon_named_in_a_template_is_in_the_sprite(self):
        pattern = re.compile(r'{% (icon|glyph|state) "([\w-]+)"')
        used = {
            f"{'i' if kind == 'icon' else 'g'}-{name}"
            for template in TEMPLATES
            for kind, name in pattern.findall(template.read_text())
        }
        assert used - self.names() == set()

    def test_every_icon_named_in_code_is_in_the_sprite(self):
        used = {f"i-{item.icon}" for item in all_items()}
        used |= {f"i-{name}" for name in ui.NOTE_ICONS.values()}
        assert used - self.names() == set()


class TestTemplates:
    def test_no_template_has_inline_script_style_or_handler(self):
        inline = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=")
        assert [t.name for t in TEMPLATES if inline.search(t.read_text())] == []

    @pytest.mark.parametrize(
        ("name", "title"),
        [
            ("400.html", "这次没有收到 - 工会办公室"),
            ("403.html", "没有权限 - 工会办公室"),
            ("403_csrf.html", "页面放得太久 - 工会办公室"),
            ("404.html", "找不到 - 工会办公室"),
            ("500.html", "出错了 - 工会办公室"),
            ("unionoffice/locked_out.html", "先等一等 - 工会办公室"),
        ],
    )
    def test_error_pages_need_no_context_and_offer_a_next_step(self, name, title):
        html = get_template(name).template.render(Context())
        assert re.search(r"<title>(.*)</title>", html)[1] == title
        assert '<a class="btn' in html
        assert "管理员" in html
