"""Text to a checked, immutable `RuleBase`."""

from spinesafe.rulebase.build import build
from spinesafe.rulebase.load import load
from spinesafe.rulebase.problems import KnowledgeError, Problem
from spinesafe.rulebase.rulebase import CheckedRule, RuleBase

__all__ = ["CheckedRule", "KnowledgeError", "Problem", "RuleBase", "build", "load"]
