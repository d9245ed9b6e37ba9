"""A `RuleBase` to something that runs, proves or travels: one room a target, none of which imports another."""
