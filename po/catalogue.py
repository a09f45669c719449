"""The catalogue of messages: po/zh_CN.po, compiled by Babel into what gettext reads.

python po/catalogue.py compile po/zh_CN.po OUT.mo     called by the build
python po/catalogue.py update                         brings po/zh_CN.po up to date with the sources: what is new is
                                                      added without a translation, what is unused goes, all sorted
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
PO = ROOT / "po/zh_CN.po"


def read(path: Path = PO) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="zh_CN", abort_invalid=True)


def translations(catalog: Catalog) -> dict[str, str]:
    return {str(message.id): str(message.string) for message in catalog if message.id}


def written(found: dict[str, str], path: Path = PO) -> None:
    """Sorted by the English text, without places in sources, so that two changes seldom touch the same lines."""
    catalog = Catalog(locale="zh_CN", project="tuopin", charset="utf-8", fuzzy=False)
    for text in sorted(found):
        catalog.add(text, found[text])
    with path.open("wb") as file:
        write_po(file, catalog, width=0, omit_header=True)
    head = 'msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    notice = "# Messages of tuopin in Chinese. How to add one: docs/develop.md.\n"
    path.write_text(notice + head + path.read_text(encoding="utf-8"), encoding="utf-8")


def compiled(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        write_mo(file, read(source))


def update() -> None:
    from messages import used  # beside this file

    known = translations(read())
    wanted = {text: known.get(text, "") for text in used()}
    written(wanted)
    new, gone = sorted(set(wanted) - set(known)), sorted(set(known) - set(wanted))
    print("\n".join([*(f"new: {text!r}" for text in new), *(f"gone: {text!r}" for text in gone)]))


if __name__ == "__main__":
    if sys.argv[1:2] == ["compile"] and len(sys.argv) == 4:
        compiled(Path(sys.argv[2]), Path(sys.argv[3]))
    elif sys.argv[1:] == ["update"]:
        update()
    else:
        sys.exit(__doc__)
