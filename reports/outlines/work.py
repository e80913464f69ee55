"""What the summary says of study, competitions, safety and honours, and the tables it brings along."""

from collections.abc import Iterator

from activities.facts import annex
from activities.facts.kinds import LevelRow
from activities.facts.places import PlaceRow
from reports.outlines.sentences import Figures, sentence
from unionoffice.documents.outline import Attachment, Block, Figure, Heading, Missing, Table
from unionoffice.periods import Period


def study(figures: Figures, period: Period) -> Iterator[Block]:
    yield Heading(1, "学习与师德")
    yield Heading(
        2,
        "学习培训。",
        sentence(
            f"{period.duration_word}组织学习培训",
            figures("activities.studies"),
            figures.aside("，共", "activities.courses"),
            "，参加学习培训的教职工共",
            figures("activities.studied"),
            figures.aside("，累计", "activities.hours"),
            figures.aside("，收到文章和答卷", "activities.papers"),
            "。",
        ),
    )


def contests(figures: Figures, period: Period) -> Iterator[Block]:
    """Nothing where no competition outside the school was recorded."""
    if not figures.any_of("activities.contests"):
        return
    won = "。".join(f"{row.title}获{row.reached}" for row in annex.contest_rows(period))
    yield Heading(
        2,
        "校外比赛。",
        sentence(
            f"{period.duration_word}参加校外比赛",
            figures("activities.contests"),
            figures.aside("，获奖", "activities.awards"),
            "。",
            f"{won}。" if won else "",
        ),
    )


def safety(figures: Figures, period: Period) -> Iterator[Block]:
    """Nothing where no check was recorded."""
    if not figures.any_of("activities.checks", "activities.drills", "activities.inspections"):
        return
    parts = (
        ("组织安全检查", "activities.checks"),
        ("组织演练", "activities.drills"),
        ("接受建家检查", "activities.inspections"),
    )
    said = [figures.aside(words, key) for words, key in parts]
    said = [spans for spans in said if spans]
    joined = [("，", *spans) if number else spans for number, spans in enumerate(said)]
    yield Heading(
        2,
        "安全和阵地。",
        sentence(
            period.duration_word,
            *joined,
            figures.aside("，参加演练", "activities.drilled"),
            figures.aside("；查出问题还没有整改好的", "activities.open_checks"),
            "。",
        ),
    )


def places(figures: Figures, period: Period, rows: list[PlaceRow]) -> Iterator[Block]:
    """Nothing where the union has no place of its own; a gap where nobody recorded a use."""
    if not rows:
        return
    used = [row for row in rows if row.uses.value]
    parts = ()
    if len(used) > 1:
        parts = tuple(span for row in used for span in ("、", row.label, Figure(row.uses)))[1:]
    yield Heading(
        2,
        "阵地使用。",
        sentence(
            f"{period.duration_word}{_places_named(used or rows)}使用",
            figures("activities.place_uses"),
            ("，其中", *parts) if parts else (),
            "，参加的教职工共",
            figures("activities.place_people"),
            figures.aside("；盘点设备", "activities.stocktakes"),
            "。",
        ),
    )


def _places_named(rows: list[PlaceRow]) -> str:
    """教工之家; 教工之家和书屋; 教工之家、书屋等5处阵地."""
    names = [row.label for row in rows]
    if len(names) > 2:
        return f"{'、'.join(names[:2])}等{len(names)}处阵地"
    return "和".join(names)


def changes(figures: Figures, period: Period) -> Iterator[Block]:
    """Nothing where no plan was changed after it was passed."""
    if not figures.any_of("activities.changed"):
        return
    kinds = (
        ("调整内容和安排", "activities.adjusted"),
        ("推迟", "activities.put_off"),
        ("取消", "activities.called_off"),
        ("增加临时任务", "activities.tasks"),
    )
    said = [spans for words, key in kinds if (spans := figures.aside(words, key))]
    parts = tuple(span for spans in said for span in ("、", *spans))[1:]
    yield Heading(
        2,
        "计划调整。",
        sentence(
            "计划通过以后，根据实际情况作了变动的有",
            figures("activities.changed"),
            ("，其中", *parts) if parts else (),
            "。",
        ),
    )


def honours(figures: Figures, period: Period, levels: list[LevelRow]) -> Iterator[Block]:
    yield Heading(1, "荣誉")
    rows = [row for row in levels if row.honours.value]
    spans = []
    for row in rows:
        spans += ["、" if spans else "，其中", row.label, Figure(row.honours)]
    yield Heading(
        2,
        "获得的荣誉。",
        sentence(
            f"{period.duration_word}获得荣誉",
            figures("activities.honours"),
            tuple(spans),
            figures.aside("；个人获得的", "activities.own_honours"),
            figures.aside("，集体获得的", "activities.team_honours"),
            figures.aside("；在比赛中获得的", "activities.won"),
            "。",
        ),
    )


def attachments(period: Period) -> Iterator[Attachment]:
    """培训学习一览, 荣誉一览: each where there is something to show."""
    studied = annex.study_rows(period)
    if studied:
        yield Attachment(f"{period.label}培训学习一览", (_study_table(studied),))
    won = annex.honour_rows(period)
    if won:
        yield Attachment(f"{period.label}荣誉一览", (_honour_table(won),))


def _study_table(rows: list[annex.StudyRow]) -> Table:
    return Table(
        "",
        ("时间", "内容", "形式", "主讲", "人数", "学时"),
        tuple(
            (
                row.when,
                row.title,
                row.form or Missing("形式"),
                row.teacher,
                row.people or Missing("人数"),
                row.hours,
            )
            for row in rows
        ),
        widths=(5, 9, 4, 4, 3, 3),
    )


def _honour_table(rows: list[annex.HonourRow]) -> Table:
    cells = ((row.level, row.title, row.whose, row.body, row.when) for row in rows)
    return Table(
        "",
        ("级别", "荣誉", "获得者", "授予单位", "时间"),
        tuple(cells),
        widths=(3, 6, 4, 5, 5),
    )
