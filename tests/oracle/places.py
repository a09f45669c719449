"""Places of a year: the whole region's, and in a sample of villages the sample's part of them.

whole     W(t): capacity to the nearest whole; where pools are counties, W(c,t): by the whole region's key
exact     share · W(t), shared by counties by W(c,t) · s(c), with s(c) the share of the county's persons that were kept
year      the nearest whole to share · (W of all years so far), less what earlier years were given
county    the whole part of what is exact; what the year has left goes, one each, to those with a fraction who are owed
          most over all years so far, ties to the first
"""

from __future__ import annotations

import math

from people import People, apportion


def nearest(x: float) -> int:
    return math.floor(x + 0.5)


def places_of_years(capacity: list[float], people: People, key: str | None) -> list[list[int]]:
    """For each year of `capacity`, by county where counties share by `key`, else one number."""
    whole = [nearest(places) for places in capacity]
    cells = [[places] if key is None else apportion(places, people.whole_keys[key]) for places in whole]
    if people.share == 1:
        return cells
    kept, all_ = people.keys["population"], people.whole_keys["population"]
    shares = [1.0] if key is None else [k / n if n else 1.0 for k, n in zip(kept, all_, strict=True)]
    found: list[list[int]] = []
    owed = [0.0] * len(shares)
    for year, parts in enumerate(cells):
        given = sum(map(sum, found))
        places = nearest(float(sum(whole[: year + 1])) * people.share) - given
        weights = [share * part for share, part in zip(shares, parts, strict=True)]
        total = 0.0
        for w in weights:  # one after another, as the program does: sum() may be more exact
            total += w
        exact = [people.share * (whole[year] * (w / total) if total else w) for w in weights]
        of_year = [math.floor(x) for x in exact]
        owed = [o + (x - n) for o, x, n in zip(owed, exact, of_year, strict=True)]
        fractions = [c for c, x in enumerate(exact) if x > math.floor(x)]
        first = sorted(fractions, key=lambda c: -owed[c])[: places - sum(of_year)]
        for c in first:
            of_year[c] += 1
            owed[c] -= 1
        assert sum(of_year) == places, (year, exact, of_year, places)
        found.append(of_year)
    return found
