"""Refusals. Their text is a whole Chinese sentence that the user reads as it stands."""


class RuleBroken(Exception):
    """A rule of the office forbids the act. `str(error)` says what is wrong and what to do.
    `insist`: it only asks; the user may say that it is meant so."""

    insist = False


class FileRefused(RuleBroken):
    """A file that was handed in can't be taken: wrong kind, too large, damaged, not readable."""
