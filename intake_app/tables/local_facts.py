"""What HSDS leaves out and a referral needs: insurance, who drives there, how to reach intake."""

from typing import Final

from intake_app.domain.change import Value
from intake_app.domain.provider import CHANNELS, FLAGS, INSURANCES
from intake_app.domain.provider_file import Reason
from intake_app.tables.rows import Findings, Row, unique

_SAME: Final = {
    "va": "va_tricare", "tricare": "va_tricare", "ihs": "ihs_tribal", "tribal": "ihs_tribal",
    "uninsured": "none", "self-pay": "none", "no_insurance": "none", "commercial": "private",
}  # fmt: skip
_FARTHEST: Final = 24 * 60


def local_facts(rows: list[Row], findings: Findings) -> dict[str, Value]:
    """The local facts that some rows say about one service; what they do not say is absent.

    Args:
        rows: The service, the service at a location, and their local extensions.
        findings: Where cells that cannot be read are named.
    """
    kept: dict[str, Value] = {}
    for row in rows:
        for name in FLAGS:
            kept[name] = findings.yes_no(row, name) or kept.get(name)
        kept["insurance"] = _insurance(row, findings) or kept.get("insurance")
        minutes = findings.number(row, "drive_minutes", 0, _FARTHEST)
        kept["drive_minutes"] = kept.get("drive_minutes") if minutes is None else minutes
        kept["channel"] = _channel(row, findings) or kept.get("channel")
        contact = findings.text(row, "closed_loop_contact")
        kept["closed_loop_contact"] = contact or kept.get("closed_loop_contact")
    return {name: value for name, value in kept.items() if value is not None}


def _insurance(row: Row, findings: Findings) -> list[str]:
    found: list[str] = []
    for word in findings.words(row, "insurance"):
        code = word.casefold().replace(" ", "_")
        code = _SAME.get(code, code)
        if code in INSURANCES:
            found.append(code)
        else:
            findings.leave_out(row.where, Reason.BAD_CHOICE, "insurance")
    return unique(found)


def _channel(row: Row, findings: Findings) -> str:
    word = (findings.text(row, "channel") or "").casefold()
    if word and word not in CHANNELS:
        findings.leave_out(row.where, Reason.BAD_CHOICE, "channel")
        return ""
    return word
