"""What the overall level of a decision is read off (D.6)."""

GENTLEST = "soft_tissue_massage"
"""The overall level is read off the gentlest thing that could be meant."""
BARRED_FOR_ALL = "walking_on_back"
"""Barred for everybody with back pain, hence no restriction worth naming."""
WHOLE_SPINE = "all_spine"
"""The scope that is in question where nothing is planned and nothing is known to hurt."""
