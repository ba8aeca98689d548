"""What a department decided about itself; kept as one record of the `station` file."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Agency:
    """The department, its words and its policies.

    Attributes:
        name: "Pine Hollow Police Department".
        address: Lines of the street address.
        phone: As printed.
        ori: Originating agency identifier, nine characters.
        prefix: Letters that begin each receipt number, for example "PH".
        neutral_name: Name on anything that is mailed or handed over; says nothing of police.
        neutral_address: Return address for the same.
        neutral_phone: Call-back number for the same.
        logo: PNG or JPEG, base64; empty without one.
        logo_alt: What the logo shows.
        warrant_policy: "never" (default), "asked" (only with the person's informed yes), "told".
        no_arrest_text: Which "no arrest" text of resources/legal the chief and prosecutor signed.
        no_arrest_signed: The date they signed it (YYYY-MM-DD); empty while unsigned.
        program: Program laid over the walk-in form; empty for the plain form.
        programs: Programs laid over the forms of the other ways into care, one for each at most.
        case_programs: Programs that hold a charge, the usual one first; empty: all in force.
        printers: Printers for papers about people; empty: all, with a warning. Of the station where
            one works: each has a list of its own, this one is what older versions have kept.
        languages: Languages of the papers.
        region: State, for holidays ("WV").
        closed_days: More days on which offices are closed (YYYY-MM-DD), besides holidays.
        open_days: Holidays on which this department's offices are open all the same.
        blur_seconds: Idle seconds until the window shows nothing.
        stale_days: Days until a provider's entry is called stale.
        latitude: Where this station is, in degrees; for distances to providers. None: not told.
        longitude: The same, east is positive.
        deputy: User id of who is told when submissions wait too long; empty: nobody.
        deputy_hours: How long a submission may wait before the deputy is told.
        shift_hours: How long who hands in an intake keeps a sealed copy of it.
        lock_seconds: Idle seconds until the files are locked.
        sign_in_policy: The rules of signing in, by id: a file of resources/policies.
        second_factor: "required": a one-time code at each shift's first sign-in; "off".
        second_factor_reason: Why it is off, in the department's own words.
        audit_years: How long audit lines are kept, in years.
        backup_days: Days until a backup expires.
        drill_days: Days until a recovery card should be checked again.
        small_cell: The smallest count that is told to anybody outside; from 1 to one less is not.
        fiscal_month: The month (1 to 12) in which the department's fiscal year begins.
        booking_cents: What one booking costs the county, in cents; 0: nobody has said.
        jail_day_cents: What one day in jail costs, in cents; 0: nobody has said.
        jail_days_tenths: Days in jail that one arrest of this kind means, in tenths; 0: not said.
        arrest_minutes: An officer's minutes for an arrest and booking; 0: nobody has said.
        also_asks: Questions for the numbers that this department chose to ask: "disability",
            "religion", "sexual_orientation", "zone"; none of them by itself.
        kind: "police", "fire" or "ems": officer intervention exists only for "police".
        pathways: The pathways that are on, by code; what is off leaves no trace in the window.
            Empty: all.
        screenings: The screening tools that are switched on, by id.
        attachment_mb: How large a scan or photo may be, in megabytes.
        mou_required: Nothing with a name goes to a provider without an agreement (MOU) in force.
        tokens_a_day: How often one person may ask for sealed cases a day; then a supervisor asks.
    """

    name: str = ""
    address: tuple[str, ...] = ()
    phone: str = ""
    ori: str = ""
    prefix: str = ""
    neutral_name: str = ""
    neutral_address: tuple[str, ...] = ()
    neutral_phone: str = ""
    logo: str = ""
    logo_alt: str = ""
    warrant_policy: str = "never"
    no_arrest_text: str = "no_arrest"
    no_arrest_signed: str = ""
    program: str = ""
    programs: tuple[str, ...] = ()
    case_programs: tuple[str, ...] = ()
    printers: tuple[str, ...] = ()
    languages: tuple[str, ...] = field(default=("en", "es"))
    region: str = ""
    closed_days: tuple[str, ...] = ()
    open_days: tuple[str, ...] = ()
    blur_seconds: int = 120
    stale_days: int = 180
    latitude: float | None = None
    longitude: float | None = None
    deputy: str = ""
    deputy_hours: int = 24
    shift_hours: int = 12
    tokens_a_day: int = 30
    mou_required: bool = False
    screenings: tuple[str, ...] = ("audit_c", "cage_aid")
    attachment_mb: int = 10
    lock_seconds: int = 600
    sign_in_policy: str = "cjis_6_0"
    second_factor: str = "required"
    second_factor_reason: str = ""
    audit_years: int = 3
    backup_days: int = 90
    drill_days: int = 92
    small_cell: int = 11
    fiscal_month: int = 7
    booking_cents: int = 0
    jail_day_cents: int = 0
    jail_days_tenths: int = 0
    arrest_minutes: int = 0
    also_asks: tuple[str, ...] = ()
    kind: str = "police"
    pathways: tuple[str, ...] = ()
