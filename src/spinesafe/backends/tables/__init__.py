"""Whole populations: the two-rail program as one SQL query over a table with one row a person.

Writing the query needs nothing beside spinesafe; `in_duckdb` runs it and needs the extra `population`.
"""

from spinesafe.backends.tables.columns import Column, columns_of, row_of, table_sql
from spinesafe.backends.tables.line import TableError
from spinesafe.backends.tables.query import Part, decision_sql

__all__ = ["Column", "Part", "TableError", "columns_of", "decision_sql", "row_of", "table_sql"]
