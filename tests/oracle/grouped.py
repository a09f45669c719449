"""Inequality from 256 log bins of income, with persons and fen in each: lower bounds, and how far off they can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from years import World

Array = np.ndarray
LINE_MULTIPLES = (1.0, 1.25, 1.5, 2.0)
BINS, WIDTH = 256, 0.0546875  # bin b holds incomes from exp(b · width) on, the last one everything above


def bins(world: World, y: Array, log_y: Array) -> tuple[Array, Array]:
    """Persons and yuan [place, bin]."""
    people = world.people
    b = np.minimum(BINS - 1, (log_y * (1 / WIDTH)).astype(np.int64))
    fen = people.persons * np.maximum(0, np.floor(100.0 * y + 0.5).astype(np.int64))  # losses count as zero
    sums = np.zeros((2, len(people.county_id) + 1, BINS), np.int64)
    for table, values in zip(sums, (people.persons, fen), strict=True):
        np.add.at(table, (people.county + 1, b), values)
        table[0] = table[1:].sum(axis=0)
    return sums[0].astype(float), sums[1].astype(float) / 100


def in_order(terms: Array) -> Array:
    """Sum over bins, from the lowest: the last bit of a sum of doubles depends on it."""
    return np.cumsum(terms, axis=1)[:, -1]


def inequality(world: World, of_bins: tuple[Array, Array]) -> dict[str, Array]:
    persons, yuan = of_bins
    p_all, y_all = in_order(persons)[:, None], in_order(yuan)[:, None]
    mean, p, s = y_all / p_all, persons / p_all, yuan / y_all
    cumulated = np.cumsum(s, axis=1)
    below = np.concatenate([np.zeros_like(p_all), cumulated[:, :-1]], axis=1)
    gini = 1 - in_order(p * (2 * below + s))  # G = 1 − Σ p_i (S_i + S_i−1), S the cumulated income share

    # Gastwirth 1972: what inequality within bins can add at most
    start = world.functions.exp(np.arange(BINS) * WIDTH)
    a, e = np.concatenate([[0.0], start[1:-1]]), start[1:]
    n = persons[:, :-1]
    mu = np.clip(yuan[:, :-1] / np.where(n > 0, n, 1), a, e)
    bound = in_order(np.where(n > 0, p[:, :-1] * p[:, :-1] * (mu - a) * (e - mu) / (mean * (e - a)), 0.0))

    filled = (persons > 0) & (yuan > 0)
    own = np.maximum(1.0, np.where(filled, yuan, 1) / np.where(filled, persons, 1))
    theil = in_order(np.where(filled, s * world.functions.log(own / mean), 0.0))
    return {"gini": gini, "gini_error_bound": bound, "theil": theil}


def sen_shorrocks_thon(world: World, of_bins: list[tuple[Array, Array]], persons: Array, poor: Array,
                       gaps: Array) -> Array:  # fmt: skip
    """FGT₁ (1 + Gini of the gaps), poorest first; the bin that holds the line gets what is left of both totals.
    [place, line, income], as the poor and the sums of their gaps are."""
    in_bin, yuan = (
        np.stack([bins[i] for bins in of_bins], axis=-1)[:, None] for i in (0, 1)
    )  # [place, 1, bin, income]
    line = np.array([[world.lines["statistical"] * multiple] for multiple in LINE_MULTIPLES])
    persons = persons[:, None, None]
    start = world.functions.exp(np.arange(BINS + 1) * WIDTH)
    counted, taken, cumulated, total = (np.zeros_like(poor) for _ in range(4))
    some = np.where(gaps > 0, gaps, 1.0)
    for b in range(BINS):
        going = counted < poor
        if not going.any():
            break
        n = np.broadcast_to(in_bin[:, :, b], poor.shape)
        gap = n - yuan[:, :, b] / line
        last = (counted + n > poor) | (start[b + 1] > line)
        n, gap = np.where(last, poor - counted, n), np.where(last, gaps - taken, gap)
        gap = np.clip(gap, 0.0, gaps - taken)
        part = gap / some
        total = np.where(going, total + n / persons * (2 * cumulated + part), total)
        counted = np.where(going, counted + n, counted)
        taken = np.where(going, taken + gap, taken)
        cumulated = np.where(going, cumulated + part, cumulated)
    total = total + (persons - counted) / persons * 2 * cumulated  # the non-poor have no gap
    return np.where(gaps > 0, gaps / persons * (1 + (total - 1)), 0.0)
