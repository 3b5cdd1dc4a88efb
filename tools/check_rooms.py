#!/usr/bin/env python3
"""Holds every #include against the arrows between rooms.

A room may include the headers of the rooms its CMakeLists.txt names after DEPENDS, of those they
depend on, and its own. Headers of an outside part (DuckDB, CLI11 ...) may appear only in the
sources of the rooms listed here, never in a public header.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PARTS = {
    "duckdb.h": {"store"},
    "CLI/": {"cli"},
    "cblas.h": {"linalg"},
    "lapack": {"linalg"},
    "klu.h": {"linalg"},
    "coin/": {"allocation", "breakpoint"},
    "zip.h": {"formats"},
    "pugixml": {"formats"},
    "lzma.h": {"formats"},
    "zlib.h": {"formats", "server"},
    "toml++": {"formats"},
    "nlohmann": {"report", "formats", "server", "cli"},
    "httplib.h": {"server"},
}


def arrows():
    """Room -> every room it may include, itself among them."""
    direct = {}
    for path in sorted((ROOT / "src").glob("*/CMakeLists.txt")):
        call = re.search(r"stave_room\(\s*(\w+)([^)]*)\)", path.read_text())
        words = call.group(2).split()
        depends, reading = [], False
        for word in words:
            if word in ("DEPENDS", "PARTS", "ANALYSES"):
                reading = word == "DEPENDS"
            elif reading:
                depends.append(word)
        direct[call.group(1)] = depends

    def closure(room, above=()):
        if room in above:
            sys.exit(f"rooms depend on each other in a ring: {' -> '.join((*above, room))}")
        reach = {room}
        for below in direct[room]:
            reach |= closure(below, (*above, room))
        return reach

    return {room: closure(room) for room in direct}


def files_of(room):
    for folder in (ROOT / "include" / "stave" / room, ROOT / "src" / room):
        yield from (p for p in sorted(folder.rglob("*")) if p.suffix in (".hpp", ".cpp"))


def complaints(room, allowed):
    for path in files_of(room):
        public = "include" in path.relative_to(ROOT).parts
        for number, line in enumerate(path.read_text().splitlines(), 1):
            included = re.match(r'\s*#include\s+[<"]([^>"]+)[>"]', line)
            if not included:
                continue
            header = included.group(1)
            where = f"{path.relative_to(ROOT)}:{number}"
            other = re.match(r"stave/(\w+)/", header)
            if other and other.group(1) not in allowed:
                yield f"{where}: {room} may not look into {other.group(1)}"
            for part, rooms in PARTS.items():
                if header.startswith(part) and (public or room not in rooms):
                    yield f"{where}: {header} belongs in the sources of {', '.join(sorted(rooms))}"


def main():
    allowed = arrows()
    found = [c for room in allowed for c in complaints(room, allowed[room])]
    missing = [f"src/{room}/README.md is missing" for room in allowed
               if not (ROOT / "src" / room / "README.md").exists()]
    for line in found + missing:
        print(line)
    print(f"{len(allowed)} rooms, {len(found) + len(missing)} complaints")
    return 1 if found or missing else 0


if __name__ == "__main__":
    sys.exit(main())
