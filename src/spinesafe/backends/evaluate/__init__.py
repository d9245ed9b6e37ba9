"""The decision for one person. This is the meaning of the rule base; every other back end must agree with it."""

from spinesafe.backends.evaluate.decision import Decision, Evaluator, Fired, Run
from spinesafe.backends.evaluate.truth import truth_of
from spinesafe.backends.evaluate.walk import Walk

__all__ = ["Decision", "Evaluator", "Fired", "Run", "Walk", "truth_of"]
