"""Copies of the hamlet: many times as large, and with money, ties and shares that strain every rule of serving."""

from __future__ import annotations

import shutil
from pathlib import Path

HAMLET = Path(__file__).resolve().parents[2] / "scenarios/hamlet"
COUNTED = {"register_population", "households", "villages", "poor_villages", "forest_villages", "registered_poor",
           "forest_mu", "forest_households"}  # fmt: skip


def scale_hamlet(folder: Path, times: int) -> Path:
    """A copy of the hamlet with `times` as many people, places and money."""
    shutil.copytree(HAMLET, folder)
    margins = folder / "region/margins.csv"
    lines = [line.split(",") for line in margins.read_text().splitlines()]
    for cells in lines:
        if cells[0] in COUNTED:
            for column in (2, 7, 8):
                cells[column] = str(int(cells[column]) * times)
    margins.write_text("\n".join(",".join(cells) for cells in lines) + "\n")
    for path in [folder / "plan.toml", *(folder / "programmes").glob("*.toml")]:
        text = path.read_text().splitlines()
        for i, line in enumerate(text):
            if line.startswith("by_year"):
                pairs = line.split("{")[1].split("}")[0].split(",")
                grown = [f"{p.split('=')[0]}= {int(p.split('=')[1]) * times}" for p in pairs]
                text[i] = "by_year = {" + ",".join(grown) + " }"
        path.write_text("\n".join(text) + "\n")
    return folder


def strain_hamlet(folder: Path, times: int) -> Path:
    """The same with money that runs out for those who hold, ties, queue-jumpers, and shares that split a fen."""
    scale_hamlet(folder, times)

    def edit(name: str, *changes: tuple[str, str]) -> None:
        path = folder / name
        text = path.read_text()
        for old, new in changes:
            assert old in text, (name, old)
            text = text.replace(old, new)
        path.write_text(text)

    money = f"2016 = {100_000 * times}, 2017 = {38_017 * times}, 2018 = {21_003 * times}, 2019 = {9_000 * times}"
    plan = (folder / "plan.toml").read_text().splitlines()
    first = next(i for i, line in enumerate(plan) if line.startswith("by_year"))
    plan[first] = f"by_year = {{ {money} }}"
    (folder / "plan.toml").write_text("\n".join(plan) + "\n")
    edit("programmes/allowance.toml", ('"-log(assessed_income / line)"', '"0"'),
         ("exclusion  =", "capture = 0.2\nexclusion  ="))  # fmt: skip
    edit(
        "programmes/orchard.toml",
        ("noise_sd ", 'exclusion = 0.4\nexclusion_by = "0.5 + village.remoteness"\nnoise_sd '),
        ('land            = "rented"\nrent ', 'land            = "own"\n# rent '),
    )
    edit("programmes/posts.toml", ("wage   = { value = 8_000", "wage   = { value = 8_000.005"),
         ("funding     = { county = 1.0 }", "funding     = { county = 0.7, gifts = 0.3 }"))  # fmt: skip
    return folder
