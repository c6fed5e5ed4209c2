"""Names and counts as people read them."""

import re

SMALL = frozenset(
    (
        *("a", "an", "and", "at", "by", "de", "en", "for", "in", "la", "le"),
        *("of", "on", "or", "the", "to", "under", "upon", "with"),
    )
)
"""Words that stay small inside a name."""

SPOKEN = frozenset(("dr", "ltd", "mr", "mrs", "st"))
"""Words without a vowel that are no initials."""

INITIALS = frozenset(
    (
        *("ACE", "AET", "AFC", "AP", "BEC", "BRIT", "CE", "CEVA", "CIC", "CUL"),
        *("DALP", "EBN", "EBS", "EKC", "ELT", "EPA", "GEP", "HCAT", "HCUK"),
        *("HISP", "HTI", "II", "III", "IKB", "INMAT", "IV", "IX", "KET", "KIFSA"),
        *("LIPA", "MAT", "NAS", "OGAT", "PA", "PACT", "PRU", "QE", "QED", "QEGS"),
        *("QEHC", "RMET", "RNIB", "RSA", "SDBE", "SELCAT", "SEMH", "SEN"),
        *("SENDAT", "SFAET", "STEM", "TBAP", "TCAT", "TKAT", "TVI", "UCL", "UK"),
        *("UTC", "UTS", "UWE", "VA", "VC", "VI", "VII", "VIII", "WAC", "XI"),
        *("XIII", "XVI", "XXIII", "YMCA"),
    )
)
"""Initials with a vowel, which the rule below would take for words.

Kinds of school and of church, numbers of kings and popes, and trusts.
"""

WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}[A-Z]?")
ORDINALS = frozenset(("ST", "ND", "RD", "TH"))
OPENS = frozenset(":(")


def readable(name: str) -> str:
    """Return a name that is all in capitals in title case; any other as it stands.

    Initials stay capitals: those listed here, those with stops, and whatever has no
    vowel. A name of one such word stays as it is.
    """
    if name.upper() != name:
        return name
    dotted = {at for each in DOTTED.finditer(name) for at in range(*each.span())}

    def cased(found: re.Match[str]) -> str:
        if found.start() in dotted:
            return found[0]
        return _cased(found[0], before=name[: found.start()], after=name[found.end() :])

    return WORD.sub(cased, name)


def _cased(word: str, *, before: str, after: str) -> str:
    """Return one word of a name in capitals as it is written inside a sentence."""
    low = word.lower()
    # Only between words: the last letter of "SCHOOL A" is no article.
    is_first = not before.strip() or before.rstrip()[-1:] in OPENS
    if low in SMALL and not is_first and after.strip():
        return low
    if before[-1:].isdigit() and word in ORDINALS:
        return low
    if before.upper().endswith("CO-") and low.startswith("operativ"):
        return low
    if word in INITIALS or (low not in SPOKEN and _is_spelt_out(word)):
        return word
    return _capitalised(low)


def _capitalised(low: str) -> str:
    """Return a word with its first letter large, and the one after Mc, O' and D'."""
    if start := re.match(r"mc(?=.{3})|[od]['\u2019]", low):
        return f"{start[0].capitalize()}{low[start.end() :].capitalize()}"
    return low.capitalize()


def _is_spelt_out(word: str) -> bool:
    """Return whether a word has no vowel to be spoken by."""
    return not re.search(r"[AEIOUYÀ-ÖØ-Þ]", word)


def counted(number: int, one: str, several: str) -> str:
    """Return a number with the words for one, or for any other number."""
    return f"{number:,} {one if number == 1 else several}"
