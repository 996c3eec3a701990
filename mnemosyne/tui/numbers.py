"""Numbers and days as the screens write them."""

from __future__ import annotations

from datetime import timedelta

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def decimal(value: float | None, digits: int = 7, missing: str = "undefined") -> str:
    """Return a number rounded to significant digits, with a true minus sign; `missing` for None."""
    if value is None:
        return missing
    mantissa, _, exponent = f"{value:.{digits}g}".partition("e")
    sign_replaced = mantissa.replace("-", "−")
    if not exponent:
        return sign_replaced
    power = f"10{str(int(exponent)).translate(_SUPERSCRIPTS)}"
    return power if sign_replaced == "1" else f"{sign_replaced}·{power}"


def days(count: int) -> str:
    """Return an interval as people say it: `tomorrow`, `6 days`, `4 months`, `2.5 years`."""
    if count <= 0:
        return "today"
    if count == 1:
        return "tomorrow"
    if count < 60:
        return f"{count} days"
    if count < 365:
        return f"{count / 30.44:.0f} months"
    years = f"{count / 365.25:.1f}".removesuffix(".0")
    return f"{years} year" if years == "1" else f"{years} years"


def stopwatch(spent: timedelta) -> str:
    """Return a time as `0:42`, `12:05`, `1:02:03`."""
    seconds = max(0, int(spent.total_seconds()))
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
