"""What may arrive as a photo, in which pieces, how long what was left lies about. Pure."""

from datetime import timedelta

from unionoffice.errors import RuleBroken

PIECE = 1024 * 1024  # bytes that a page sends at a time: a few seconds on a slow line
LARGEST_PIECE = 2 * PIECE
MOST_PHOTOS = 300  # of one activity
MOST_ARRIVING = 100  # begun by one person and not all here yet
KEPT = timedelta(days=1)  # what stopped half-way, and what was taken away
LONGEST_NAME, LONGEST_FINGERPRINT = 120, 80  # characters, as the table keeps them

ALREADY_THERE = "这张照片已经在这里，没有再存一次。"
NO_SUCH_UPLOAD = "没有找到这次上传，可能隔了一天以上。重新选一次这张照片。"


class OutOfStep(RuleBroken):
    """A piece that does not continue where the photo stopped: `received` says where that is."""

    def __init__(self, received: int):
        super().__init__(f"这一段接不上，已经收到 {received} 字节，从那里接着传。")
        self.received = received


def check_room(there: int, more: int = 1) -> None:
    if there + more > MOST_PHOTOS:
        raise RuleBroken(
            f"一场活动最多放 {MOST_PHOTOS} 张照片，已经有 {there} 张。去掉几张再传，或者只传挑好的。"
        )


def check_arriving(begun: int) -> None:
    if begun >= MOST_ARRIVING:
        raise RuleBroken(f"还有 {begun} 张没有传完，先把它们传完；不要了的，明天会自动清掉。")


def check_fingerprint(fingerprint: str) -> None:
    if not fingerprint or len(fingerprint) > LONGEST_FINGERPRINT or "\0" in fingerprint:
        raise RuleBroken("没有收到照片的名称和大小，刷新页面，重新选一次照片。")


def check_piece_size(length: int) -> None:
    if length > LARGEST_PIECE:
        raise RuleBroken(f"这一段太大了，一段最多 {LARGEST_PIECE // 1024} KB。刷新页面再传。")


def check_piece(*, offset: int, length: int, received: int, size: int) -> None:
    """Raises OutOfStep for a piece of another place, RuleBroken for one that can't belong there."""
    if offset != received:
        raise OutOfStep(received)
    check_piece_size(length)
    if received + length > size:
        raise RuleBroken("收到的比照片本身还大，照片在传的时候变了。重新选一次这张照片。")
    if not length and received < size:
        raise RuleBroken("这一段是空的，照片可能已经不在手机上。重新选一次这张照片。")


def check_removed(*, removed: bool) -> None:
    if not removed:
        raise RuleBroken("这张照片没有去掉，不用恢复。")


def moved(order: list, key, to: str) -> list:
    """The same list with `key` moved: to the first place, one earlier, one later, to the last."""
    at, last = order.index(key), len(order) - 1
    places = {"first": 0, "earlier": max(at - 1, 0), "later": min(at + 1, last), "last": last}
    if to not in places:
        raise RuleBroken("照片排到哪里没有写清楚，点“往前”或者“往后”。")
    rest = [each for each in order if each != key]
    return [*rest[: places[to]], key, *rest[places[to] :]]
