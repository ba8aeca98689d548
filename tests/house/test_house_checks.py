"""`build/test` tells the truth: what failed, what was left out, and how much the tests ran."""

import pytest
from checks import Run, parse, status_of
from coverage_goal import GOAL, PACKAGES, add_up, is_reached, table


def test_all_well_is_status_0() -> None:
    assert status_of({"lint": True, "tests": True}, Run()) == 0


def test_a_failure_is_status_1_even_if_something_was_left_out() -> None:
    assert status_of({"lint": False, "tests": True}, Run(left_out=["x"])) == 1


def test_what_was_left_out_is_listed_and_is_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert status_of({"tests": True}, Run(left_out=["tests marked system"])) == 2
    assert "NOT RUN: tests marked system" in capsys.readouterr().out


def test_arguments_after_two_dashes_go_to_pytest() -> None:
    names, run = parse(["--only", "tests", "--without-system-tools", "--", "-k", "words"])
    assert (names, run.pytest_arguments, run.has_tools) == (["tests"], ["-k", "words"], False)


def report(of: dict[str, tuple[int, int]]) -> dict[str, object]:
    """A report in which each package has 100 statements and 20 branches, and ran so many."""
    files = {
        f"intake_app/{package}/x.py": {
            "summary": {
                "covered_lines": lines,
                "missing_lines": 100 - lines,
                "covered_branches": branches,
                "missing_branches": 20 - branches,
            }
        }
        for package, (lines, branches) in of.items()
    }
    return {"files": files}


def test_each_package_must_reach_the_goal_by_itself() -> None:
    full: dict[str, tuple[int, int]] = dict.fromkeys(PACKAGES, (100, 20))
    assert is_reached(add_up(report(full)))
    weak = add_up(report(full | {"vault": (100, 13)}))  # 94.2 % of statements and branches
    assert not is_reached(weak)
    [below] = [line for line in table(weak).splitlines() if "BELOW" in line]
    assert below.startswith("vault")


def test_a_package_that_no_test_touched_does_not_pass() -> None:
    assert add_up(report({}))["pdf"].percent < GOAL


def test_other_packages_do_not_count() -> None:
    assert add_up(report({"ui": (0, 0)})).keys() == set(PACKAGES)
