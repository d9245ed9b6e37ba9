"""Which documents of a crawl may speak of spines: one scan of the raw bytes, before anything is decoded."""

from spinesafe.claims.checker import Checker
from spinesafe.rulebase.term import forms

SUBJECT = "spine_care"


class Prefilter:
    """Keeps what holds a word for the spine or its care: a filter for crawls, where most documents name none.

    A word in disguise (`b0ne`) passes it by; the checker itself reads those.
    """

    def __init__(self, checker: Checker) -> None:
        try:
            import hyperscan
        except ImportError as error:
            raise ImportError("filtering a crawl needs the extra `crawl`: pip install 'spinesafe[crawl]'") from error
        motif = checker.knowledge.motifs[SUBJECT]
        stems = {form.parts[0].text.lower() for term in (*motif.en, *motif.zh) for form in forms(term)}
        stems |= {stem.replace(" ", "-") for stem in stems}
        shortest = [stem for stem in stems if not any(other != stem and other in stem for other in stems)]
        self._stopped = hyperscan.ScanTerminated
        self._database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        self._database.compile(
            expressions=[_literal(stem) for stem in shortest],
            ids=list(range(len(shortest))),
            elements=len(shortest),
            flags=[
                hyperscan.HS_FLAG_CASELESS | hyperscan.HS_FLAG_SINGLEMATCH if stem.isascii() else hyperscan.HS_FLAG_SINGLEMATCH
                for stem in shortest
            ],
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


def _literal(stem: str) -> bytes:
    """The exact bytes of a stem: hyperscan is quickest where nothing is left open."""
    escaped = b"".join(b"\\x%02x" % byte for byte in stem.encode())
    return b"\\b" + escaped if stem.isascii() else escaped
