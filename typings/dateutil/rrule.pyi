from datetime import datetime

class rrule:  # noqa: N801
    def between(self, after: datetime, before: datetime, inc: bool = ...) -> list[datetime]: ...

class rruleset(rrule): ...  # noqa: N801

def rrulestr(s: str, *, dtstart: datetime | None = ...) -> rrule: ...
