"""Which documents of a crawl may speak of spines: one scan of the raw bytes, before anything is decoded."""

from collections.abc import Callable, Iterator

from spinesafe.claims.checker import Checker
from spinesafe.claims.scanner import with_included
from spinesafe.rulebase.term import forms

SUBJECTS = ("spine_care", "spine_perhaps")
"""Without a word of one of these the checker finds no claim."""


class Prefilter:
    """Keeps what holds a word without which the checker finds no claim: a filter for crawls, where most documents hold none.

    A word in disguise (`b0ne`) passes it by; the checker itself reads those.
    """

    def __init__(self, checker: Checker) -> None:
        try:
            import hyperscan
        except ImportError as error:
            raise ImportError("filtering a crawl needs the extra `crawl`: pip install 'spinesafe[crawl]'") from error
        from opencc import OpenCC

        traditional = OpenCC("s2t").convert
        terms = [term for motif in with_included(checker.knowledge.motifs, SUBJECTS) for term in (*motif.en, *motif.zh)]
        stems = {form.parts[0] for term in terms for form in forms(term)}
        patterns = {pattern for stem in stems for pattern in _patterns(stem.text.lower(), traditional, open_end=stem.open_end)}
        self._stopped = hyperscan.ScanTerminated
        self._database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        self._database.compile(
            expressions=[pattern for pattern, _ in sorted(patterns)],
            ids=list(range(len(patterns))),
            elements=len(patterns),
            flags=[hyperscan.HS_FLAG_SINGLEMATCH | (hyperscan.HS_FLAG_CASELESS if caseless else 0) for _, caseless in sorted(patterns)],
        )
        self._scratch = hyperscan.Scratch(self._database)

    def may_speak_of_spines(self, document: bytes) -> bool:
        """Whether a document (UTF-8) holds a word for the spine or its care."""
        try:
            self._database.scan(document, match_event_handler=_stop, scratch=self._scratch)
        except self._stopped:
            return True
        return False


def _stop(*_: object) -> bool:
    """One word is enough."""
    return True


def _patterns(stem: str, traditional: Callable[[str], str], *, open_end: bool) -> Iterator[tuple[bytes, bool]]:
    """The expressions for a stem, and whether case is all one to them: exact bytes, which hyperscan finds quickest."""
    if not stem.isascii():
        yield from ((_bytes(written), False) for written in {stem, traditional(stem)})
        return
    for written in {stem, stem.replace(" ", "-")}:
        begin = rb"\b" if written[0].isalnum() else b""
        if open_end or not written[-1].isalnum():
            yield begin + _bytes(written), True
        elif written[-1] == "y":
            yield begin + _bytes(written[:-1]) + rb"(?:ys?|ies)\b", True
        else:
            yield begin + _bytes(written) + rb"(?:s|es)?\b", True


def _bytes(text: str) -> bytes:
    return b"".join(b"\\x%02x" % byte for byte in text.encode())
