"""The rule base as terms of a solver, and the laws as theorems: not over samples, but over all people in every state of knowledge."""

from spinesafe.backends.proofs.prove import changes_of, prove, prove_one, theorems_of
from spinesafe.backends.proofs.report import Change, CounterExample, Report, Result
from spinesafe.backends.proofs.world import World

__all__ = ["Change", "CounterExample", "Report", "Result", "World", "changes_of", "prove", "prove_one", "theorems_of"]
