"""The rules as tables in plain words, for a clinician to read, and to sign line by line."""
