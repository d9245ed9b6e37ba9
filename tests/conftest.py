"""How much Hypothesis tries: little while developing, more in CI, much on request (HYPOTHESIS_PROFILE=thorough)."""

import os

from hypothesis import HealthCheck, settings

# Two busy cores make time an unfair judge, and building the first example includes loading the rule base.
settings.register_profile("base", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.register_profile("dev", settings.get_profile("base"), max_examples=50)
settings.register_profile("ci", settings.get_profile("base"), max_examples=100)
settings.register_profile("thorough", settings.get_profile("base"), max_examples=5000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev"))
