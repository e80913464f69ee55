import re
from datetime import date

from django.utils.safestring import SafeString

from tests.unionoffice.test_documents_outline import COURSES, VISITS, summary
from unionoffice.documents.outline import Document, Figure, Heading, Missing, Paragraph, Table
from unionoffice.documents.page import as_html
from unionoffice.facts import Fact


def html(*blocks, **fields) -> str:
    return as_html(Document(("总结",), blocks, "示例工会", date(2026, 12, 25), **fields))


def test_a_figure_leads_to_its_records():
    assert (
        '<p class="gw-p">慰问<a class="num" href="/welfare/?period=2026" title="慰问人次">47</a>'
        "人次。</p>"
    ) in html(Paragraph(("慰问", Figure(VISITS), "。")))


def test_a_figure_that_nobody_recorded_is_marked():
    assert '<span class="num off" title="培训人次">【待补：培训人次】</span>' in html(
        Paragraph((Figure(COURSES),))
    )


def test_a_gap_in_words_is_marked():
    assert '<span class="num off">【待补：名单】</span>' in html(Paragraph((Missing("名单"),)))


def test_only_addresses_of_this_office_become_links():
    sources = ("", "javascript:alert(1)", "//example.org/", "https://example.org/")
    for source in sources:
        fact = Fact("welfare.visits", "慰问人次", 47, "人次", source)
        assert '<p class="gw-p"><span title="慰问人次">47</span>人次</p>' in html(
            Paragraph((Figure(fact),))
        )


def test_text_is_never_taken_for_markup():
    made = html(
        Heading(1, "<i>"),
        Paragraph(("<b>",)),
        Table("<s>", ("<u>",), (("<q>",),)),
        addressee="<em>",
        note="<a>",
    )
    assert isinstance(made, SafeString)
    assert [tag for tag in ("<i>", "<b>", "<s>", "<u>", "<q>", "<em>", "<a>") if tag in made] == []


def test_the_page_says_the_same_as_the_outline():
    text = re.sub(r"<[^>]+>", "", html(Heading(1, "帮扶"), Heading(2, "慰问。", ("全年",))))
    assert text == "总结一、帮扶（一）慰问。全年示例工会2026年12月25日"


def test_a_table_has_its_caption_head_and_aligned_cells():
    row = ("丧事", Figure(VISITS, unit=False))
    assert (
        '<table class="gw-table"><caption>表1\u3000统计</caption>'
        '<thead><tr><th scope="col">事由</th><th scope="col">人次</th></tr></thead>'
        '<tbody><tr><td class="gw-left">丧事</td><td class="gw-right">'
        '<a class="num" href="/welfare/?period=2026" title="慰问人次">47</a></td></tr></tbody>'
    ) in html(Table("统计", ("事由", "人次"), (row,)))


def test_headings_tell_their_level_to_screen_readers():
    assert '<p class="gw-p gw-h3" role="heading" aria-level="5">1.慰问</p>' in html(
        Heading(3, "慰问")
    )


def test_each_attachment_has_a_paper_of_its_own():
    made = as_html(summary())
    assert made.count('<section class="paper"') == 3
    assert re.findall(r'<p class="gw-mark">(.*?)</p>', made) == ["附件1", "附件2"]
