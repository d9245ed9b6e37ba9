from spinesafe.model.fact import Members


def test_a_complete_list_says_no_to_what_is_not_ticked() -> None:
    assert Members.exactly(["neck"], ["neck", "lumbar"]) == Members(frozenset({"neck"}), frozenset({"lumbar"}))
    assert Members.exactly([], ["neck"]) == Members(absent=frozenset({"neck"}))
