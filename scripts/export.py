#!/usr/bin/env python3
"""Makes what readers take away: the site as a zip that opens from file://, in dist/.

Exit 0: made. 1: not made, and nothing half-written is left.
"""

from __future__ import annotations

import os
import sys
import tempfile
import zipfile
from pathlib import Path

from build import ROOT, build, version

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every file in the zip, so that one commit gives one set of bytes."""


def pack(folder: Path, file: Path) -> None:
    """Zips a folder: names sorted, dates fixed, put in place only when whole."""
    handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
    os.close(handle)
    try:
        with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as bundle:
            for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), EPOCH)
                entry.external_attr = 0o644 << 16
                entry.compress_type = zipfile.ZIP_DEFLATED
                bundle.writestr(entry, path.read_bytes())
        os.chmod(name, 0o644)
        os.replace(name, file)
    finally:
        Path(name).unlink(missing_ok=True)


def main() -> int:
    name = f"miaotui-offline-{version()}"
    print("offline: building the site for file:// …")
    try:
        (ROOT / "dist").mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            if build(Path(folder, name), for_file=True):
                return 1
            pack(Path(folder, name), ROOT / "dist" / f"{name}.zip")
    except OSError as error:
        print(f"offline: {error.filename or 'dist'} cannot be written ({error.strerror})", file=sys.stderr)
        return 1
    size = (ROOT / "dist" / f"{name}.zip").stat().st_size
    print(f"dist/{name}.zip: {size / 1e6:.2f} MB; unpack it and open index.html")
    return 0


if __name__ == "__main__":
    sys.exit(main())
