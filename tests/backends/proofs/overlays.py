"""Overlays of a hospital: what it may say, and what it may not."""

TIGHTENS = """
rules:
- id: no_thrust_on_our_children
  reference: ours
  when: age_years < 18
  then: {hands_on: [{techniques: [thrust_manipulation], at: [everywhere], level: stop}]}
  because: {en: Our hospital does no thrust on children., zh: 本院不对儿童做扳法。}
  sources: [REFERENCE]
  evidence_status: design_decision
  reviewed: 2026-11-22
  review_by: 2027-11-22
"""
CONSENT_OF_CHILDREN_ONLY = """
rules:
- id: gate_consent
  reference: G5
  when: not d_consent_given and age_years < 18
  then: {hands_on: [{at: [everywhere], level: wait}]}
  because: {en: Our hospital asks the parents of children only., zh: 本院只征求儿童父母的同意。}
  reason: CONSENT
  sources: [REFERENCE]
  evidence_status: design_decision
  reviewed: 2026-11-22
  review_by: 2027-11-22
"""
LOW_BACK_NEVER_HURTS = """
regions:
- id: lumbar
  label: {en: low back, zh: 腰部}
  neighbours: [thoracic, sacrum]
  hurts_when: "false"
"""
ANOTHER_REGION = """
regions:
- id: jaw
  label: {en: jaw, zh: 下颌}
  hurts_when: "false"
"""
