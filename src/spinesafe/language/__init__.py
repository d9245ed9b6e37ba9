"""Reading text in English and Chinese: every mention of a term, and how the text means it.

Needs the extra `text`. Compile the terms once with `Terms`, then `read` with them:

>>> from datetime import date
>>> from spinesafe.language import Term, Terms, read
>>> terms = Terms([Term("fever", "fever*"), Term("fever", "发热"), Term("numb", "numb*")])
>>> text = read("No fever, but her feet have been numb since Monday.", terms, date(2026, 11, 24))
>>> [(mention.term, mention.quote, mention.context, mention.cue) for mention in text.mentions]
[('fever', 'fever', 'denied', 'no'), ('numb', 'numb', 'present', 'since')]
>>> [(quantity.quote, quantity.days) for quantity in text.quantities]
[('since Monday', 1)]
"""

from spinesafe.language.read import Terms, read
from spinesafe.language.reading import Mention, Quantity, ReadText, Span
from spinesafe.language.vocabulary import Term

__all__ = ["Mention", "Quantity", "ReadText", "Span", "Term", "Terms", "read"]
