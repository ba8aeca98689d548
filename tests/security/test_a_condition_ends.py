"""A condition of a form, whoever wrote it, is worked out at once and in little room, or refused."""

import time

import pytest

from intake_app.rulebook.expression import BadExpression, Condition, Scope

TWENTY = f"[{','.join(['1'] * 20)}]"


def nested(name: str, times: int, between: str = "") -> str:
    inner = "1 > 0"
    for n in range(times):
        inner = f"{TWENTY}.{name}{between}(r{n}, {inner})"
    return inner


@pytest.mark.parametrize("between", ["", " ", "\n// )\n"])
@pytest.mark.parametrize("name", ["all", "exists", "exists_one", "map", "filter"])
def test_rows_in_rows_in_rows_are_refused(name: str, between: str) -> None:
    """Twelve of them would run until the sun is cold."""
    for times in (3, 12):
        with pytest.raises(BadExpression):
            Condition.read(nested(name, times, between))


def test_lists_that_grow_one_after_the_other_are_refused() -> None:
    """Sixty of them would take all memory that there is, and more."""
    grows = "".join(f".map(r{n}, [r{n}, r{n}, r{n}, r{n}])" for n in range(60))
    with pytest.raises(BadExpression):
        Condition.read(f"[1]{grows}.size() > 0")


def test_the_worst_that_is_taken_ends_soon() -> None:
    long = f"[{','.join(['1'] * 470)}]"
    condition = Condition.read(f"{long}.all(a, {long}.all(b, a + b > 0))")
    begun = time.monotonic()
    assert Scope({}).judge(condition).holds
    assert time.monotonic() - begun < 10


def test_what_forms_ask_is_taken() -> None:
    asked = 'team.exists(t, t.role in ["peer"]) && !team.all(t, t.role == "x") && team.size() > 0'
    assert Scope({"team": [{"role": "peer"}]}).judge(Condition.read(asked)).holds
