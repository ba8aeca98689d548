"""Two small programs that hold a charge, with different law; for stories about eligibility."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from intake_app.domain.draft import Draft
from intake_app.domain.roles import Role
from intake_app.rulebook.library import FormLibrary
from intake_app.rulebook.setting import Setting
from intake_app.services.desk import Desk
from intake_app.services.records.drafts import begin_draft, save_draft
from intake_app.settings import resources

FORM = """[form]
id = "officer_intervention"
pathway = "officer_intervention"
version = "1"
title = { en = "Officer intervention", es = "Intervención" }

[facts]
last_name = "surname"
first_name = "given"
born = "birth_day"
aliases = "also_called"
earlier_here = "times_here"

[terms]
report_hours = 72
complete_days = 90

[[sections]]
id = "who"
title = { en = "Who" }

[[sections.fields]]
id = "surname"
type = "text"
label = { en = "Last name" }

[[sections.fields]]
id = "given"
type = "text"
label = { en = "First name" }

[[sections.fields]]
id = "also_called"
type = "text"
label = { en = "Also known as" }

[[sections.fields]]
id = "birth_day"
type = "date"
label = { en = "Birth date", es = "Fecha de nacimiento" }

[[sections]]
id = "what"
title = { en = "What" }

[[sections.fields]]
id = "acts"
type = "rows"
label = { en = "Offenses" }

[[sections.fields.columns]]
id = "act"
type = "choice"
codes = "offenses/wv"
label = { en = "Offense", es = "Delito" }

[[sections.fields.columns]]
id = "remark"
type = "text"
label = { en = "Remark" }

[[sections.fields]]
id = "grams"
type = "number"
label = { en = "Weight", es = "Peso" }
show_when = 'acts.exists(a, a.act == "possession")'

[[sections.fields]]
id = "has_weapon"
type = "yes_no"
label = { en = "Was there a weapon?" }

[[sections.fields]]
id = "asked_victim"
type = "choice"
label = { en = "The victim's answer" }
codes = "victim_answers"

[[sections.fields]]
id = "times_here"
type = "number"
label = { en = "Earlier cases here" }
who = "S"

[[sections.fields]]
id = "told_all"
type = "yes_no"
label = { en = "Was all explained?" }

[[rules]]
id = "weapon"
force = "hard"
when = 'has_weapon == "yes"'
message = { en = "There was a weapon.", es = "Hubo un arma." }
authority = "Order 12"

[[rules]]
id = "not_told"
force = "advisory"
when = 'told_all == "no"'
message = { en = "Not all was explained." }
"""

STRICT = """[program]
id = "strict"
pathway = "officer_intervention"
version = "2"
name = { en = "Strict program", es = "Programa estricto" }

[terms]
approval = "supervisor"

[[rules]]
id = "weight"
force = "presumptive"
when = 'acts.exists(a, a.act == "possession") && grams.amount > 6.0'
message = { en = "The weight is over 6 grams.", es = "El peso es de más de 6 gramos." }
authority = "Program policy 4"

[[rules]]
id = "again"
force = "presumptive"
when = 'times_here.amount > 0'
message = { en = "DUI or another case came before." }

[[rules]]
id = "young"
force = "presumptive"
when = 'age < 18'
message = { en = "The person is under 18." }

[[rules]]
id = "next_year"
force = "hard"
when = 'true'
message = { en = "A law of next year." }
starts = "2027-01-01"
"""

WIDE = """[program]
id = "wide"
pathway = "officer_intervention"
version = "1"
name = { en = "Wide program" }

[[rules]]
id = "weight"
force = "presumptive"
when = 'acts.exists(a, a.act == "possession") && grams.amount > 20.0'
message = { en = "The weight is over 20 grams." }

[[rules]]
id = "victim"
force = "presumptive"
when = 'asked_victim == "objects"'
message = { en = "The victim does not agree." }
"""

TEXTS = {
    "officer_intervention.toml": FORM,
    "programs/strict.toml": STRICT,
    "programs/wide.toml": WIDE,
}
POSSESSION: dict[str, Any] = {"acts": [{"~row": "1", "act": "possession"}]}


def grams(amount: float) -> dict[str, Any]:
    return {"amount": amount, "unit": ""}


def with_programs(desk: Desk, folder: Path, **texts: str) -> Desk:
    """The same desk in a department that has these programs; the code tables are the real ones."""
    forms = folder / "small_forms"
    for name, text in {**TEXTS, **{f"programs/{k}.toml": v for k, v in texts.items()}}.items():
        place = forms / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    library = FormLibrary(forms, resources.path("resources"), Setting.of(desk.agency, desk.clock))
    agency = replace(desk.agency, case_programs=("strict", "wide", *texts))
    return replace(desk, library=library, agency=agency)


def case_draft(desk: Desk, answers: dict[str, Any], program: str = "strict") -> Draft:
    """A saved officer intervention."""
    draft = begin_draft(desk, program)
    draft.answers |= answers
    save_draft(desk, draft)
    return draft


TAKERS = (Role.OFFICER, Role.SUPERVISOR)
