"""Where a text occurs in another one, whatever the case of its letters."""

from __future__ import annotations


def occurrences(text: str, searched: str) -> list[tuple[int, int]]:
    """Return the half-open ranges of the text at which `searched` stands, none of them overlapping another.

    Letters that fold to several (`ß`) count as what they fold to; a match ends with the whole letter.
    """
    needle = searched.casefold()
    if not needle:
        return []
    places = [place for place, letter in enumerate(text) for _ in letter.casefold()]
    folded = text.casefold()
    ranges: list[tuple[int, int]] = []
    at = folded.find(needle)
    while at >= 0:
        end = at + len(needle)
        ranges.append((places[at], places[end - 1] + 1))
        while end < len(folded) and places[end] == places[end - 1]:
            end += 1  # the rest of a letter that the match ended in
        at = folded.find(needle, end)
    return ranges
