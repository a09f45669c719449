"""Arrows between the rooms of one floor (engine/…, models/…): no circle, so that a room can be read, tested and moved
with those below it alone."""

import re
from functools import cache
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

import house_files as house
from test_rooms import includes

Arrow = tuple[str, str]  # a room, and a room that it includes

# Arrows that close circles today. This list may only shrink: an arrow that is gone is struck off.
KNOWN: set[Arrow] = {
    ("models/measures", "models/run"),
}


def room_of(path: str) -> str:
    return path.rpartition("/")[0]


@cache
def arrows() -> dict[Arrow, list[str]]:
    """Arrows between rooms, each with the includes that draw it."""
    found: dict[Arrow, list[str]] = {}
    for path in house.cpp("engine", "models"):
        for header in includes(path):
            arrow = room_of(house.name(path)), room_of(header)
            if re.match(r"(engine|models)/", header) and arrow[0] != arrow[1]:
                found.setdefault(arrow, []).append(f"{house.name(path)} includes {header}")
    return found


def order_of(graph: set[Arrow]) -> list[str]:
    """Rooms, each after those that it stands on. Raises CycleError."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for upper, lower in sorted(graph):
        sorter.add(upper, lower)
    return list(sorter.static_order())


def circle_in(graph: set[Arrow]) -> list[str]:
    """Rooms of one circle, each including the next; empty where there is none."""
    try:
        order_of(graph)
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []


def reached_from(room: str, graph: set[Arrow]) -> set[str]:
    reached: set[str] = set()
    ahead = [room]
    while ahead:
        here = ahead.pop()
        new = {lower for upper, lower in graph if upper == here} - reached
        reached |= new
        ahead += new
    return reached


def test_rooms_stand_in_no_circle(capsys):
    graph = set(arrows()) - KNOWN
    circle = circle_in(graph)
    why = [why for arrow in pairwise(circle) for why in arrows()[arrow]]
    assert not circle, house.report(f"circle of rooms {' → '.join(circle)}:", why)
    with capsys.disabled():
        print("\n  rooms, each above those that it stands on:")
        for room in order_of(graph):
            below = sorted(lower for upper, lower in graph if upper == room)
            against = sorted(f"{lower} (closes a circle)" for upper, lower in KNOWN if upper == room)
            print(f"    {room:18} {', '.join(below + against).replace('models/', '').replace('engine/', '· ')}")


def test_known_circles_are_still_there():
    gone = [f"{upper} → {lower}" for upper, lower in sorted(KNOWN - set(arrows()))]
    gone += [
        f"{upper} → {lower} (closes no circle any more)"
        for upper, lower in sorted(KNOWN & set(arrows()))
        if upper not in reached_from(lower, set(arrows()))
    ]
    assert not gone, house.report("strike these arrows off the list of the known ones:", gone)


def test_every_file_stands_in_a_room():
    """One level of rooms, nothing loose at the root of a floor."""
    found = [house.name(path) for path in house.cpp("engine", "models") if house.name(path).count("/") != 2]
    assert not found, house.report("files stand in engine/ROOM/ or models/ROOM/:", found)


def test_circles_are_found():
    straight = {("run", "measures"), ("measures", "state"), ("run", "state")}
    assert order_of(straight) == ["state", "measures", "run"]
    assert circle_in(straight) == []
    circle = circle_in(straight | {("state", "run")})
    assert circle[0] == circle[-1] and set(circle) <= {"state", "run", "measures"}
    assert all(arrow in straight | {("state", "run")} for arrow in pairwise(circle))
    assert reached_from("run", straight) == {"measures", "state"}
