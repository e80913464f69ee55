"""Terms and elections: which offices a term fills, how long it runs, what a count says. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from members.choices import ElectionKind, MembershipStatus, OfficeName
from unionoffice.errors import RuleBroken
from unionoffice.periods import add_months, chinese_date

TERM_YEARS = (3, 5)  # 中国工会章程
WARN_MONTHS = 6  # before a term runs out
EARLIEST_MONTHS = 12  # how long before its term a 换届 may be held
# where something stands: the document's name, without the number of an article that nobody checked
REGULATION = "《工会基层组织选举工作条例》（2016年）"
PRACTICE = "基层工会常用的名额表"
CONSTITUTION = "《中国工会章程》会员的权利"
ENTERPRISE_SAMPLE = "企业工会的会籍管理办法样本"
USUAL = "通常的选举办法，以上级批准的为准"

# what an election fills, body by body, in the order in which they are named
BODIES = (
    (
        "工会委员会",
        (
            OfficeName.CHAIR,
            OfficeName.VICE_CHAIR,
            OfficeName.ORGANISATION,
            OfficeName.PUBLICITY,
            OfficeName.CULTURE,
            OfficeName.WELFARE,
            OfficeName.SECURITY,
            OfficeName.DEMOCRACY,
            OfficeName.MEDIATION,
            OfficeName.YOUTH,
            OfficeName.TREASURER,
            OfficeName.OFFICER,
        ),
    ),
    ("经费审查委员会", (OfficeName.AUDIT_HEAD, OfficeName.AUDITOR)),
    ("女职工委员会", (OfficeName.WOMEN_HEAD, OfficeName.WOMEN)),
)
COMMITTEE_OFFICES = frozenset(BODIES[0][1])
TERM_OFFICES = frozenset(office for _, offices in BODIES for office in offices)
RANK = {office: place for place, office in enumerate(o for _, offices in BODIES for o in offices)}

# 会员 up to -> how many sit on the committee, by two sources that differ
SEATS = {
    REGULATION: ((200, 3, 7), (1000, 7, 15)),
    PRACTICE: ((25, 3, 3), (100, 3, 5), (200, 5, 7), (500, 7, 9), (1000, 9, 15), (5000, 15, 21)),
}
SMALLEST_COMMITTEE = 25  # 会员; below it a union may do with one organiser


def term_end(start: date, years: int) -> date:
    """The last day of a term of so many years."""
    return add_months(start, 12 * years) - timedelta(days=1)


def years_of(start: date, planned_end: date) -> int:
    return max(1, round((planned_end - start).days / 365.25))


def refuse_outside_term(election, today: date) -> None:
    """Raises RuleBroken for a day on which an election of its term can't be."""
    term = election.term
    if term.end and election.day > term.end:
        raise RuleBroken(f"{term}到{chinese_date(term.end)}就结束了，选举日期要在那以前。")
    if election.kind == ElectionKind.BY_ELECTION and election.day < term.start:
        raise RuleBroken(f"{term}从{chinese_date(term.start)}才开始，补选的日期要在那以后。")
    if election.day < add_months(term.start, -EARLIEST_MONTHS):
        raise RuleBroken(
            f"{term}从{chinese_date(term.start)}开始，选举日期早了一年以上，核对一下选举日期或者届。"
        )
    last = term.planned_end
    if election.kind == ElectionKind.BY_ELECTION and not term.end:
        last = max(last, today)  # the term goes on until the next one is elected
    if election.day > last:
        raise RuleBroken(
            f"{term}的任期到{chinese_date(term.planned_end)}，选举日期在那以后，核对一下选举日期或者届。"
        )


def runs_out_soon(planned_end: date, today: date) -> bool:
    return planned_end <= add_months(today, WARN_MONTHS)


def time_left(planned_end: date, today: date) -> str:
    """还有 1 年 3 个月, 还有 12 天, 超期 2 个月."""
    if planned_end < today:
        return f"超期{_span(planned_end, today)}"
    return f"还有{_span(today, planned_end)}" if planned_end > today else "今天到期"


def _span(start: date, end: date) -> str:
    months = (end.year - start.year) * 12 + end.month - start.month
    months -= add_months(start, months) > end
    years, rest = divmod(months, 12)
    if not months:
        return f" {(end - start).days} 天"
    return (f" {years} 年" if years else "") + (f" {rest} 个月" if rest else "")


@dataclass(frozen=True)
class Advice:
    """What a count says, and where that stands. `tone`: good, warn. By itself it blocks nothing."""

    text: str
    tone: str = "warn"
    source: str = ""


@dataclass(frozen=True)
class Standing:
    """One who stands for an office: `office` as stored, `label` as said; `status` of the 会籍 on
    the day, None for who is no 会员."""

    name: str
    office: str
    label: str
    votes: int | None
    elected: bool
    status: str | None = MembershipStatus.ACTIVE


def advice(election, standing: Sequence[Standing], members: int) -> list[Advice]:
    """Everything that the numbers say; nothing where a number is missing. `members`: how many
    会员 there are on the day."""
    found = [*_attendance(election), *_ballots(election)]
    found += [*_votes(election, standing), *_not_eligible(standing)]
    if election.kind == ElectionKind.GENERAL:
        seats = len({each.name for each in standing if _seated(each)})
        found += _seats(seats, members)
    return found


def _seated(each: Standing) -> bool:
    return each.elected and each.office in COMMITTEE_OFFICES


def _attendance(election) -> Iterator[Advice]:
    entitled, present = election.entitled, election.present
    if entitled is None or present is None:
        return
    if present > entitled:
        yield Advice(f"实到 {present} 人比应到 {entitled} 人还多，核对一下。")
    elif election.kind == ElectionKind.GENERAL:
        needed = -(-entitled * 2 // 3)
        words = f"应到 {entitled} 人，实到 {present} 人"
        if present >= needed:
            yield Advice(f"{words}，够三分之二，可以选举。", "good", USUAL)
        else:
            yield Advice(f"{words}，不够三分之二（要 {needed} 人），不能进行选举。", source=USUAL)


def _ballots(election) -> Iterator[Advice]:
    issued, returned, valid = (
        election.ballots_issued,
        election.ballots_returned,
        election.ballots_valid,
    )
    if None not in (issued, returned) and returned > issued:
        yield Advice(
            f"收回选票 {returned} 张，比发出的 {issued} 张多，这次选举无效，要重新选。",
            source=USUAL,
        )
    if None not in (returned, valid) and valid > returned:
        yield Advice(f"有效选票 {valid} 张，比收回的 {returned} 张多，核对一下。")
    if None not in (election.present, issued) and issued > election.present:
        yield Advice(f"发出选票 {issued} 张，比实到的 {election.present} 人多，核对一下。")


def _votes(election, standing: Sequence[Standing]) -> Iterator[Advice]:
    for each in standing:
        if each.votes is not None:
            yield from _vote(election, each)
    yield from _passed_over(standing)


def _vote(election, each: Standing) -> Iterator[Advice]:
    cast = election.ballots_valid if election.ballots_valid is not None else election.present
    told = f"{each.name}（{each.label}）得 {each.votes} 票"
    if cast is not None and each.votes > cast:
        yield Advice(f"{told}，比选票 {cast} 张还多，核对一下。")
    elif each.elected and election.present is not None and each.votes * 2 <= election.present:
        needed = election.present // 2 + 1
        yield Advice(
            f"{told}，没有过实到 {election.present} 人的一半（要 {needed} 票），不能当选。",
            source=USUAL,
        )
    elif each.elected and election.entitled is not None and each.votes * 2 <= election.entitled:
        yield Advice(
            f"{told}，过了实到人数的一半，没有过应到 {election.entitled} 人的一半。"
            "不少选举办法按应到人数算，对照上级批准的选举办法。"
        )


def _passed_over(standing: Sequence[Standing]) -> Iterator[Advice]:
    """Who was not elected with more votes than someone elected to the same office."""
    for lost in standing:
        if lost.elected or lost.votes is None:
            continue
        fewer = [
            won
            for won in standing
            if won.elected
            and won.office == lost.office
            and won.votes is not None
            and won.votes < lost.votes
        ]
        if fewer:
            yield Advice(
                f"{lost.name}（{lost.label}）得 {lost.votes} 票没有当选，{fewer[0].name}"
                f"得 {fewer[0].votes} 票当选了，核对一下。"
            )


def _not_eligible(standing: Sequence[Standing]) -> Iterator[Advice]:
    """Who may not be elected, or perhaps not, each person once."""
    for name, status in dict.fromkeys((each.name, each.status) for each in standing):
        if status == MembershipStatus.RETAINED:
            yield Advice(
                f"{name}选举那天是保留会籍。保留会籍期间一般没有选举权、被选举权，"
                "对照本级的会籍管理办法。",
                source=ENTERPRISE_SAMPLE,
            )
        elif status is None:
            yield Advice(
                f"{name}选举那天不是会员，当选了也不能宣布。"
                "选举权、被选举权是会员的权利，会籍漏记了先补上，不是会员的换人。",
                source=CONSTITUTION,
            )


def _seats(seats: int, members: int) -> Iterator[Advice]:
    """How many sit on the committee, beside what the sources say for so many 会员."""
    if not seats or members < SMALLEST_COMMITTEE:
        return
    ranges = {source: _range(table, members) for source, table in SEATS.items()}
    known = {source: span for source, span in ranges.items() if span}
    if not known:
        return
    said = "；".join(f"{source}写 {_span_words(span)} 人" for source, span in known.items())
    fits = any(low <= seats <= high for low, high in known.values())
    odd = "" if seats % 2 else "委员一般取单数，现在是双数。"
    yield Advice(
        f"选出工会委员会 {seats} 人。会员 {members} 人的学校，{said}，以上级批复为准。{odd}",
        "good" if fits and seats % 2 else "warn",
    )


def _range(table: tuple[tuple[int, int, int], ...], members: int) -> tuple[int, int] | None:
    return next(((low, high) for most, low, high in table if members <= most), None)


def _span_words(span: tuple[int, int]) -> str:
    low, high = span
    return f"{low}" if low == high else f"{low} 到 {high}"
