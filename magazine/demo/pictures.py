"""Draw the demo's pictures into a folder, once: same drawings, same bytes."""

import hashlib
import json
import multiprocessing
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import PIL

from magazine.demo.catalogue import BY_NAME, SUBJECTS

QUALITY = 88
PIXELS_PER_INCH = 300
RECORD = ".pictures.json"
DRAWING_CODE = (
    "riso",
    "shapes",
    "lettering",
    "accessories",
    "figures",
    "faces",
    "hairstyles",
    "stationery",
)


@dataclass(frozen=True)
class Picture:
    """A drawn picture; `focal` is the part to keep in every crop: x, y, width, height in pixels."""

    name: str
    path: Path
    title: str
    alt_text: str
    credit: str
    licence: str
    mode: str
    focal: tuple[int, int, int, int] | None


def draw_all(folder: Path, workers: int = 2, names: Sequence[str] | None = None) -> list[Picture]:
    """Draw every picture, or those named, as JPEG files in `folder`, and say what each is.

    A file whose bytes are those recorded when the same code drew it is left alone. With more than
    one worker, child processes share the drawing. Raises KeyError for a name that no picture has.
    """
    folder.mkdir(parents=True, exist_ok=True)
    subjects = [BY_NAME[name] for name in names] if names is not None else list(SUBJECTS)
    drawing = _digest_of_the_drawings()
    record = _read_record(folder)
    wanted = [s.name for s in subjects if record.get(s.name) != [drawing, _digest(folder, s.name)]]
    draw = partial(draw_one, folder=folder)
    if workers > 1 and len(wanted) > 1:
        spawning = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(min(workers, len(wanted)), mp_context=spawning) as pool:
            list(pool.map(draw, wanted))
    else:
        for name in wanted:
            draw(name)
    if wanted:
        record |= {name: [drawing, _digest(folder, name)] for name in wanted}
        _write(folder / RECORD, json.dumps(record, indent=1, sort_keys=True).encode())
    return [
        Picture(
            s.name,
            folder / f"{s.name}.jpg",
            s.title,
            s.alt_text,
            s.credit,
            s.licence,
            s.mode,
            s.focal,
        )
        for s in subjects
    ]


def draw_one(name: str, folder: Path) -> Path:
    """Draw one picture as a 4:4:4 JPEG at 300 pixels per inch; nothing in it tells the time."""
    subject = BY_NAME[name]
    path = folder / f"{name}.jpg"
    part = path.with_suffix(".part")
    subject.scene().printed(subject.mode).save(
        part, "JPEG", quality=QUALITY, subsampling=0, dpi=(PIXELS_PER_INCH, PIXELS_PER_INCH)
    )
    part.replace(path)
    return path


def _digest_of_the_drawings() -> str:
    """Changes whenever a drawing might: with the code here, Pillow or numpy."""
    digest = hashlib.sha256(f"{PIL.__version__} {np.__version__}".encode())
    here = Path(__file__).parent
    sources = [here / f"{name}.py" for name in (*DRAWING_CODE, "catalogue", "pictures")]
    for source in [*sources, *sorted((here / "scenes").glob("*.py"))]:
        digest.update(source.read_bytes())
    return digest.hexdigest()


def _digest(folder: Path, name: str) -> str:
    path = folder / f"{name}.jpg"
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def _read_record(folder: Path) -> dict[str, list[str]]:
    try:
        return json.loads((folder / RECORD).read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return {}


def _write(path: Path, content: bytes) -> None:
    part = path.with_suffix(".part")
    part.write_bytes(content)
    part.replace(path)


def main(arguments: Sequence[str]) -> int:
    """Draw everything into the folder named first; an optional second argument counts workers."""
    if not 1 <= len(arguments) <= 2:
        sys.stderr.write("usage: python -m magazine.demo.pictures FOLDER [WORKERS]\n")
        return 2
    pictures = draw_all(Path(arguments[0]), int(arguments[1]) if len(arguments) == 2 else 2)
    sys.stdout.write(f"{len(pictures)} pictures in {arguments[0]}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
