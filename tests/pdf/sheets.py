"""Finished sheets as the composer makes them, built by hand: eight papers in two languages."""

from dataclasses import replace
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

from intake_app.domain.paper import BlockType as B
from intake_app.domain.paper import Letterhead, Part, Sheet, SignatureLine

LANGUAGES = ("en", "es")
NUMBER = "PH-2026-000147"
PAGE_WORDS = {"en": "page {page} of {pages}", "es": "página {page} de {pages}"}
DATE = {"en": "Monday, November 23, 2026", "es": "lunes 23 de noviembre de 2026"}

STROKES = (
    ((0.02, 0.7), (0.08, 0.2), (0.12, 0.85), (0.2, 0.4), (0.26, 0.62), (0.33, 0.5), (0.4, 0.66)),
    ((0.45, 0.3), (0.47, 0.7), (0.55, 0.45), (0.62, 0.68), (0.75, 0.4), (0.95, 0.6)),
    ((0.5, 0.15),),
)


@cache
def logo() -> bytes:
    """A made-up mark: a navy disk with a white triangle, on a clear ground."""
    image = Image.new("RGBA", (240, 240), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.ellipse((4, 4, 236, 236), fill=(20, 48, 77, 255))
    pen.polygon(((120, 40), (200, 180), (40, 180)), fill=(255, 255, 255, 255))
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _said(language: str, en: str, es: str) -> str:
    return es if language == "es" else en


def _neutral(language: str) -> Letterhead:
    lines = ("45 Court Square, Suite 4", "Pine Hollow, WV 26298", "(304) 555-0133")
    return Letterhead(_said(language, "Court Square Services", "Servicios de Court Square"), lines)


def _department() -> Letterhead:
    return Letterhead(
        "Pine Hollow Police Department",
        ("12 Court Square, Pine Hollow, WV 26298", "(304) 555-0100"),
        logo(),
        "Emblem of the Pine Hollow Police Department: a white mountain on a dark disk",
    )


NOTICE = {
    "en": "Notice to accompany disclosure (42 CFR § 2.32)\n\n"
    "This record which has been disclosed to you is protected by Federal confidentiality rules "
    "(42 CFR part 2). These rules prohibit you from using or disclosing this record, or testimony "
    "that describes the information contained in this record, in any civil, criminal, "
    "administrative, or legislative proceedings by any Federal, State, or local authority, against "
    "the patient, unless authorized by the consent of the patient, except as provided at 42 CFR "
    "2.12(c)(5) or as authorized by a court in accordance with 42 CFR 2.64 or 2.65.",
    "es": "Aviso que acompaña la divulgación (42 CFR § 2.32)\n\n"
    "Este expediente que se le ha divulgado está protegido por las normas federales de "
    "confidencialidad (42 CFR parte 2). Estas normas le prohíben usar o divulgar este expediente, "
    "o dar testimonio sobre su contenido, en cualquier procedimiento civil, penal, administrativo "
    "o legislativo de una autoridad federal, estatal o local contra el paciente, salvo que el "
    "paciente lo autorice, lo previsto en 42 CFR 2.12(c)(5) o una orden de un tribunal conforme a "
    "42 CFR 2.64 o 2.65.",
}


def _sheet(language: str, title: tuple[str, str], parts: tuple[Part, ...], form: str) -> Sheet:
    return Sheet(
        title=_said(language, *title),
        language=language,
        letterhead=_neutral(language),
        parts=parts,
        number=NUMBER,
        form_note=f"{form} · 2026-11-1",
        page_words=PAGE_WORDS[language],
    )


def provider_letter(language: str = "en") -> Sheet:
    def s(en: str, es: str) -> str:
        return _said(language, en, es)

    parts = (
        Part(
            B.FACTS,
            rows=(
                (
                    s("To", "Para"),
                    "New River Recovery Center, intake desk\n45 Court Square, Suite 2",
                ),
                (
                    s("About", "Sobre"),
                    s(
                        "Jordan A. Whitfield, born April 17, 1991",
                        "Jordan A. Whitfield, 17 de abril de 1991",
                    ),
                ),
                (
                    s("Safe to reach", "Contacto seguro"),
                    s(
                        "Text (304) 555-0142 after 5 p.m.; no voice mail",
                        "Mensaje al (304) 555-0142 después de las 5 p. m.; sin buzón de voz",
                    ),
                ),
                (s("Date", "Fecha"), DATE[language]),
            ),
        ),
        Part(
            B.PARAGRAPH,
            s(
                "Tuesday, November 24, 2026 at 10:30 AM\nFirst visit, arranged by telephone with Ms. Ortiz",
                "martes 24 de noviembre de 2026, 10:30 a. m.\nPrimera visita, acordada por teléfono con la Sra. Ortiz",
            ),
            style="callout",
        ),
        Part(B.HEADING, s("What this letter is", "Qué es esta carta")),
        Part(
            B.PARAGRAPH,
            s(
                "This person came to us and asked for help. They are not under arrest, and no charge was "
                "filed because of this visit.",
                "Esta persona vino a nosotros y pidió ayuda. No está bajo arresto y no se presentó ningún "
                "cargo por causa de esta visita.",
            ),
        ),
        Part(B.HEADING, s("What the person asks for", "Lo que la persona pide")),
        Part(
            B.BULLETS,
            bullets=(
                s(
                    "Medication for opioid use disorder",
                    "Medicamentos para el trastorno por consumo de opioides",
                ),
                s("A ride to appointments", "Transporte a las citas"),
                s("Help with a photo ID", "Ayuda para obtener una identificación"),
            ),
        ),
        Part(B.HEADING, s("Please answer", "Por favor, responda")),
        Part(
            B.CHOICES,
            boxes=(
                (s("Accepted", "Aceptada"), False),
                (s("Waiting list", "Lista de espera"), False),
                (s("Not possible", "No es posible"), False),
                (s("Came to the visit", "Vino a la visita"), False),
            ),
        ),
        Part(
            B.SIGNATURES,
            signatures=(
                SignatureLine(
                    s("Staff who called the provider", "Personal que llamó al proveedor"),
                    "M. Hale",
                    at=s("Nov 23, 2026", "23 nov 2026"),
                ),
                SignatureLine(s("Provider’s intake desk", "Admisión del proveedor")),
            ),
        ),
        Part(B.LEGAL, NOTICE[language]),
    )
    sheet = _sheet(
        language, ("Referral letter", "Carta de remisión"), parts, "referral_letter_provider"
    )
    return replace(sheet, letterhead=_department(), has_barcode=True)


def participant_letter(language: str = "en") -> Sheet:
    def s(en: str, es: str) -> str:
        return _said(language, en, es)

    parts = (
        Part(
            B.PARAGRAPH,
            s("Thank you for coming in, Jordan.", "Gracias por venir, Jordan."),
            style="lead",
        ),
        Part(
            B.PARAGRAPH,
            s(
                "You asked for help, and you are not under arrest. Here is what we arranged with you today. "
                "Keep this paper with you.",
                "Usted pidió ayuda y no está bajo arresto. Esto es lo que acordamos hoy con usted. Lleve "
                "este papel consigo.",
            ),
        ),
        Part(
            B.PARAGRAPH,
            s(
                "Tuesday, November 24, 2026 at 10:30 AM\nNew River Recovery Center\n45 Court Square, Suite 2 · (304) 555-0199",
                "martes 24 de noviembre de 2026, 10:30 a. m.\nNew River Recovery Center\n45 Court Square, Suite 2 · (304) 555-0199",
            ),
            style="callout",
        ),
        Part(B.HEADING, s("What to bring", "Qué traer")),
        Part(
            B.BULLETS,
            bullets=(
                s("This paper", "Este papel"),
                s("Your medicines, in their bottles", "Sus medicinas, en sus frascos"),
                s("A photo ID, if you have one", "Una identificación con foto, si la tiene"),
            ),
        ),
        Part(B.HEADING, s("If plans change", "Si algo cambia")),
        Part(
            B.PARAGRAPH,
            s(
                "Call or text (304) 555-0133 before the visit. Nothing bad happens if you cannot come; we find another day.",
                "Llame o mande un mensaje al (304) 555-0133 antes de la visita. No pasa nada malo si no puede venir; buscamos otro día.",
            ),
        ),
        Part(
            B.PARAGRAPH,
            s(
                "In danger or very sick? Call 911. To talk to somebody at any hour, call or text 988.",
                "¿En peligro o muy enfermo? Llame al 911. Para hablar con alguien a cualquier hora, llame o mande un mensaje al 988.",
            ),
            style="notice",
        ),
        Part(B.HEADING, s("Your questions", "Sus preguntas")),
        Part(B.SPACE, lines=3),
        Part(
            B.STUB,
            s(
                "My visit\nNew River Recovery Center, 45 Court Square, Suite 2",
                "Mi visita\nNew River Recovery Center, 45 Court Square, Suite 2",
            ),
            rows=(
                (s("When", "Cuándo"), s("Tue, Nov 24, 10:30 AM", "mar 24 nov, 10:30 a. m.")),
                (s("Call", "Llame"), "(304) 555-0199"),
            ),
        ),
    )
    return replace(
        _sheet(
            language, ("Your next step", "Su próximo paso"), parts, "referral_letter_participant"
        ),
        has_barcode=True,
    )


def consent(language: str = "en") -> Sheet:
    def s(en: str, es: str) -> str:
        return _said(language, en, es)

    why = s(
        "I want the provider to know that I am coming and what I asked for, so that I do not have to tell it all again.",
        "Quiero que el proveedor sepa que voy y qué pedí, para no tener que contarlo todo otra vez.",
    )
    parts = (
        Part(
            B.PARAGRAPH,
            s(
                "You decide who may know. You may say no and still get help.",
                "Usted decide quién puede saber. Puede decir que no y aun así recibir ayuda.",
            ),
            style="lead",
        ),
        Part(B.HEADING, s("1. Who this is about", "1. De quién se trata")),
        Part(
            B.FACTS,
            rows=(
                (s("Name", "Nombre"), "Jordan A. Whitfield"),
                (
                    s("Date of birth", "Fecha de nacimiento"),
                    s("April 17, 1991", "17 de abril de 1991"),
                ),
            ),
        ),
        Part(B.HEADING, s("2. Who may tell", "2. Quién puede informar")),
        Part(
            B.PARAGRAPH,
            s(
                "The intake desk and the diversion coordinator of this department.",
                "La oficina de admisión y el coordinador del programa de este departamento.",
            ),
        ),
        Part(B.HEADING, s("3. What may be told", "3. Qué se puede informar")),
        Part(
            B.CHOICES,
            boxes=(
                (
                    s(
                        "My name and how to reach me safely",
                        "Mi nombre y cómo contactarme de forma segura",
                    ),
                    True,
                ),
                (s("What I asked for today", "Lo que pedí hoy"), True),
                (s("Medicines and allergies", "Medicinas y alergias"), False),
                (
                    s(
                        "Whether I came to my visits, and nothing else",
                        "Si fui a mis citas, y nada más",
                    ),
                    True,
                ),
            ),
        ),
        Part(B.HEADING, s("4. To whom", "4. A quién")),
        Part(
            B.PARAGRAPH,
            "New River Recovery Center, 45 Court Square, Suite 2, Pine Hollow, WV 26298",
        ),
        Part(B.HEADING, s("5. What for", "5. Para qué")),
        Part(B.PARAGRAPH, why),
        Part(B.HEADING, s("6. You may take this back", "6. Usted puede retirar este permiso")),
        Part(
            B.PARAGRAPH,
            s(
                "Tell us in writing at any time, at the address above. What was told before cannot be called back. "
                "We stop telling from that day, and we write to those who hold a copy.",
                "Díganoslo por escrito en cualquier momento, a la dirección de arriba. Lo que ya se informó no se puede "
                "recoger. Dejamos de informar desde ese día y escribimos a quienes tienen una copia.",
            ),
        ),
        Part(B.HEADING, s("7. When it ends", "7. Cuándo termina")),
        Part(
            B.PARAGRAPH,
            s(
                "On November 23, 2027, or on the day that you take it back.",
                "El 23 de noviembre de 2027, o el día en que usted lo retire.",
            ),
        ),
        Part(B.HEADING, s("8. What the law says", "8. Qué dice la ley")),
        Part(B.LEGAL, NOTICE[language]),
        Part(B.HEADING, s("9. Signatures", "9. Firmas")),
        Part(
            B.SIGNATURES,
            s(
                "I read this, or it was read to me in a language that I understand.",
                "Leí esto, o me lo leyeron en un idioma que entiendo.",
            ),
            signatures=(
                SignatureLine(
                    s("Signature of the person", "Firma de la persona"),
                    "Jordan A. Whitfield",
                    STROKES,
                    s("Nov 23, 2026", "23 nov 2026"),
                ),
                SignatureLine(
                    s("Staff", "Personal"), "M. Hale", (), s("Nov 23, 2026", "23 nov 2026")
                ),
                SignatureLine(
                    s(
                        "Interpreter, if any (name, language)",
                        "Intérprete, si lo hubo (nombre, idioma)",
                    )
                ),
            ),
        ),
    )
    sheet = _sheet(
        language,
        ("Permission to share information", "Permiso para compartir información"),
        parts,
        "consent",
    )
    return replace(
        sheet, replaces=s("Replaces no. PH-2026-000139", "Reemplaza el n.º PH-2026-000139")
    )


def agreement(language: str = "en") -> Sheet:
    def s(en: str, es: str) -> str:
        return _said(language, en, es)

    parts = (
        Part(
            B.PARAGRAPH,
            s(
                "This is your choice. You may stop at any time.",
                "Esto es su decisión. Puede dejarlo en cualquier momento.",
            ),
            style="lead",
        ),
        Part(B.HEADING, s("What you do", "Lo que usted hace")),
        Part(
            B.BULLETS,
            bullets=(
                s(
                    "Go to your first visit, or call before it.",
                    "Ir a su primera cita, o llamar antes.",
                ),
                s("Make a plan with the provider.", "Hacer un plan con el proveedor."),
                s("Tell us if your phone changes.", "Avisarnos si cambia su teléfono."),
            ),
        ),
        Part(B.HEADING, s("What we do", "Lo que hacemos nosotros")),
        Part(
            B.TABLE,
            header=(s("When", "Cuándo"), s("What", "Qué"), s("Who", "Quién")),
            rows=(
                (
                    s("Within 3 days", "En 3 días"),
                    s("We ask how the first visit went", "Preguntamos cómo fue la primera cita"),
                    s("Coordinator", "Coordinador"),
                ),
                (
                    s("Day 30", "Día 30"),
                    s("We look at the plan together", "Revisamos el plan juntos"),
                    s("Coordinator, you", "Coordinador, usted"),
                ),
                (
                    s("Day 90", "Día 90"),
                    s("We ask what still helps", "Preguntamos qué ayuda todavía"),
                    s("Coordinator", "Coordinador"),
                ),
            ),
        ),
        Part(B.HEADING, s("Limits of silence", "Límites del secreto")),
        Part(B.HEADING, s("We must speak up when", "Debemos hablar cuando"), level=3),
        Part(
            B.BULLETS,
            bullets=(
                s(
                    "a child or an elder is being hurt,",
                    "se lastima a un niño o a una persona mayor,",
                ),
                s("somebody is about to be harmed,", "alguien está por sufrir daño,"),
                s("a court orders it.", "un tribunal lo ordena."),
            ),
        ),
        Part(
            B.PARAGRAPH,
            s(
                "You may talk to a lawyer before you sign.",
                "Puede hablar con un abogado antes de firmar.",
            ),
            style="notice",
        ),
        Part(
            B.SIGNATURES,
            signatures=(
                SignatureLine(s("You", "Usted")),
                SignatureLine(s("Staff", "Personal")),
                SignatureLine(s("Witness", "Testigo")),
                SignatureLine(s("Interpreter", "Intérprete")),
            ),
        ),
    )
    return _sheet(language, ("Our agreement", "Nuestro acuerdo"), parts, "agreement")


def wallet_card(language: str = "en") -> Sheet:
    def s(en: str, es: str) -> str:
        return _said(language, en, es)

    parts = (
        Part(B.PARAGRAPH, s("Tue, Nov 24, 10:30 AM", "mar 24 nov, 10:30 a. m."), style="lead"),
        Part(B.PARAGRAPH, "New River Recovery Center\n45 Court Square, Suite 2\n(304) 555-0199"),
        Part(
            B.PARAGRAPH,
            s(
                "Cannot come? Call (304) 555-0133. Any hour: call or text 988.",
                "¿No puede ir? Llame al (304) 555-0133. A toda hora: llame o mande un mensaje al 988.",
            ),
        ),
    )
    return replace(_sheet(language, ("My visit", "Mi cita"), parts, "wallet_card"), size="card")


def tonight_card(language: str = "en") -> Sheet:
    def s(en: str, es: str) -> str:
        return _said(language, en, es)

    parts = (
        Part(B.HEADING, s("A bed tonight", "Una cama esta noche")),
        Part(
            B.PARAGRAPH,
            s(
                "Hope House, 210 Mill Street. Ask for Dee. Door closes at 9 PM.",
                "Hope House, 210 Mill Street. Pregunte por Dee. La puerta cierra a las 9 p. m.",
            ),
        ),
        Part(B.HEADING, s("A ride", "Transporte")),
        Part(
            B.PARAGRAPH,
            s(
                "County Rides, (304) 555-0177, comes at 7:40 PM.",
                "County Rides, (304) 555-0177, viene a las 7:40 p. m.",
            ),
        ),
        Part(B.HEADING, s("If it gets bad", "Si se pone mal")),
        Part(
            B.BULLETS,
            bullets=(
                s("Very sick: 911", "Muy enfermo: 911"),
                s("To talk: call or text 988", "Para hablar: llame o escriba al 988"),
                s("Do not use alone: 1-800-484-3731", "No consuma a solas: 1-800-484-3731"),
                s("Naloxone is in the bag you got", "La naloxona está en la bolsa que recibió"),
            ),
        ),
    )
    return replace(_sheet(language, ("Tonight", "Esta noche"), parts, "tonight_card"), size="card")


def fax_cover(language: str = "en") -> Sheet:
    def s(en: str, es: str) -> str:
        return _said(language, en, es)

    parts = (
        Part(
            B.FACTS,
            rows=(
                (s("To", "Para"), "New River Recovery Center"),
                ("Fax", "(304) 555-0198"),
                (s("From", "De"), "M. Hale, (304) 555-0133"),
                (s("Date", "Fecha"), DATE[language]),
                (s("Pages with this one", "Páginas con esta"), "4"),
            ),
        ),
        Part(
            B.PARAGRAPH,
            s(
                "Wrong number? Please call (304) 555-0133 and destroy these pages.",
                "¿Número equivocado? Llame al (304) 555-0133 y destruya estas páginas.",
            ),
            style="callout",
        ),
        Part(B.LEGAL, NOTICE[language]),
        Part(
            B.TABLE,
            s("Pages sent", "Páginas enviadas"),
            header=(s("Paper", "Papel"), s("Number", "Número"), s("Received by", "Recibido por")),
            lines=3,
        ),
    )
    return replace(_sheet(language, ("Fax", "Fax"), parts, "fax_cover"), letterhead=_department())


def point_and_tick(language: str = "en") -> Sheet:
    def s(en: str, es: str) -> str:
        return _said(language, en, es)

    yes_no = (
        (s("Yes", "Sí"), False),
        (s("No", "No"), False),
        (s("Not sure", "No sé"), False),
        (s("I’d rather not say", "Prefiero no decir"), False),
    )
    questions = (
        s(
            "1. Are you very sick or in danger right now?",
            "1. ¿Está muy enfermo o en peligro ahora mismo?",
        ),
        s("2. Have you used today?", "2. ¿Ha consumido hoy?"),
        s("3. Is it safe for you at home?", "3. ¿Está a salvo en su casa?"),
        s("4. May we leave a message?", "4. ¿Podemos dejar un mensaje?"),
    )
    asked = tuple(Part(B.CHOICES, text, boxes=yes_no) for text in questions)
    wants = Part(
        B.CHOICES,
        s(
            "5. What do you want today? Tick all that you like.",
            "5. ¿Qué quiere hoy? Marque todo lo que desee.",
        ),
        boxes=(
            (s("Detox", "Desintoxicación"), False),
            (s("Medication for opioid use", "Medicamentos para opioides"), False),
            (s("Somebody to talk to", "Alguien con quien hablar"), False),
            (s("A place to sleep", "Un lugar para dormir"), False),
            (s("Food", "Comida"), False),
            (s("A ride", "Transporte"), False),
        ),
    )
    parts = (
        Part(
            B.PARAGRAPH,
            s(
                "Point or tick. You need not say anything aloud.",
                "Señale o marque. No tiene que decir nada en voz alta.",
            ),
            style="lead",
        ),
        *asked,
        wants,
        Part(B.SPACE, s("Anything else", "Algo más"), lines=4),
    )
    return replace(
        _sheet(language, ("Point and tick", "Señale y marque"), parts, "point_and_tick"),
        number="",
        sample_words=s("SAMPLE", "MUESTRA"),
    )


MAKERS = {
    maker.__name__: maker
    for maker in (
        provider_letter,
        participant_letter,
        consent,
        agreement,
        wallet_card,
        tonight_card,
        fax_cover,
        point_and_tick,
    )
}


def every_sheet() -> dict[str, Sheet]:
    """All of them by name, for example "consent-es"."""
    return {
        f"{name}-{language}": maker(language)
        for name, maker in MAKERS.items()
        for language in LANGUAGES
    }
