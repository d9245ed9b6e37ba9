"""Reading text in English and Chinese: every mention of a term, and how the text means it."""
