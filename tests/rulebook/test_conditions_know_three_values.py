"""An unanswered question is unknown, not false; a condition never crashes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake_app.rulebook.expression import BadExpression, Condition, Scope, Verdict

TABLE = [
    # a, b: True, False or None (unanswered); what "and" and "or" must give (Kleene)
    (True, True, True, True),
    (True, False, False, True),
    (True, None, None, True),
    (False, True, False, True),
    (False, False, False, False),
    (False, None, False, None),
    (None, True, None, True),
    (None, False, False, None),
    (None, None, None, None),
]


def known(**values: object) -> Scope:
    return Scope({name: value for name, value in values.items() if value is not None})


@pytest.mark.parametrize(("a", "b", "both", "either"), TABLE)
def test_and_and_or_follow_the_logic_of_three_values(
    a: bool | None, b: bool | None, both: bool | None, either: bool | None
) -> None:
    scope = known(a=a, b=b)
    for one, other in (("a", "b"), ("b", "a")):
        assert scope.judge(Condition.read(f"{one} && {other}")).holds is both
        assert scope.judge(Condition.read(f"{one} || {other}")).holds is either


def test_not_of_unknown_is_unknown_and_a_negative_control_of_two_values_would_say_true() -> None:
    verdict = known().judge(Condition.read("!a"))
    assert verdict == Verdict(None, ("a",))
    with_two_values = not {}.get("a")
    assert with_two_values is not verdict.holds


def test_what_is_missing_is_named_and_nothing_else() -> None:
    verdict = known(b="yes").judge(Condition.read('b == "yes" && a == "no" && c > 3'))
    assert verdict == Verdict(None, ("a", "c"))


def test_a_name_bound_inside_the_condition_is_not_missing() -> None:
    condition = Condition.read('wants.exists(w, w == "detox") && other')
    assert condition.names == {"wants", "other"}
    assert known(other=True).judge(condition).missing == ("wants",)


@pytest.mark.parametrize(
    "text",
    [
        "a > 1",
        'a + 1 == "x"',
        "a",
        "nothing_such(a)",
        "1 / 0 == 1",
        "a.part == 1",
        'a.matches("(")',
    ],
)
def test_numbers_against_words_are_broken_and_never_crash(text: str) -> None:
    verdict = known(a="word").judge(Condition.read(text))
    assert verdict == Verdict(None, (), is_broken=True)


@pytest.mark.parametrize(
    "text", ["", "a ==", '"open', "a b", "(" * 41 + "a" + ")" * 41, "a" * 2001]
)
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(BadExpression):
        Condition.read(text)


def test_an_answer_that_cel_cannot_hold_is_unknown_and_the_others_stay() -> None:
    scope = Scope({"odd": {1, 2}, "a": "yes"})
    assert scope.judge(Condition.read('odd == 1 || a == "no"')).missing == ("odd",)
    assert scope.judge(Condition.read('a == "yes"')).holds is True


@settings(deadline=None)
@given(st.text(alphabet="ab&|!()[]{}.,?:=<>+-*/\"'1 \\\n" + "é", max_size=60))
def test_any_text_is_a_condition_or_refused(text: str) -> None:
    try:
        condition = Condition.read(text)
    except BadExpression:
        return
    for scope in (known(), known(a="yes"), known(a=True, b=[1])):
        assert scope.judge(condition).holds in {True, False, None}
