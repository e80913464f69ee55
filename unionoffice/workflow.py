"""How any state table is read: the button and the server check use the same entry."""

from collections.abc import Mapping
from dataclasses import dataclass

from unionoffice.errors import RuleBroken


@dataclass(frozen=True)
class Move:
    """One step of a state machine: its label, the states it starts from, the state it leads to,
    the permission it takes, and a one-line result that a card or tooltip can show."""

    label: str
    sources: frozenset[str]
    target: str
    permission: str
    hint: str = ""
    needs_reason: bool = False


@dataclass(frozen=True)
class Offer:
    """A move that this person can make now, for the template that draws its button."""

    name: str
    move: Move


def offers(moves: Mapping[str, Move], state: str, user) -> list[Offer]:
    """The moves that `user` may make from `state`, in the table's order."""
    return [
        Offer(name, move)
        for name, move in moves.items()
        if state in move.sources and user.has_perm(move.permission)
    ]


def check(
    moves: Mapping[str, Move], name: str, *, state: str, state_label: str, user, refusal: str = ""
) -> Move:
    """The named move, if `user` may make it from `state`. Raises RuleBroken with the reason:
    `refusal`, where the app has its own words for a move that does not start there."""
    move = moves.get(name)
    if move is None:
        raise RuleBroken(f"没有“{name}”这一步，返回上一页重新选择。")
    if not user.has_perm(move.permission):
        raise RuleBroken(f"您没有“{move.label}”的权限，联系工会主席办理。")
    if state not in move.sources:
        raise RuleBroken(refusal or f"“{state_label}”状态下不能{move.label}，刷新页面看最新进展。")
    return move
