"""Free text to facts with quotes: what is denied is denied, what is somebody else's is theirs, what might happen has not happened."""

from spinesafe.intake.narrative.reader import Narrative, NarrativeReader

__all__ = ["Narrative", "NarrativeReader"]
