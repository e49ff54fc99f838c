"""Spoil PDFs as transport, bad software and malice do; the same seed, the same harm."""

import re
from io import BytesIO
from random import Random

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

DIGITS = re.compile(rb"(?<![\d.])\d{1,9}(?![\d.])")
HUGE = (10**9, -(10**9), 2**31 - 1, 2**63, 10**30)
ODD = (None, True, -1, 0.5, String("x"), Name.X, Array([]), Array([1, 2]), Dictionary())


def cut_short(data, chance):
    return data[: chance.randrange(len(data) // 10, len(data))]


def flip_bytes(data, chance):
    spoiled = bytearray(data)
    for _time in range(chance.randrange(1, 60)):
        spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
    return bytes(spoiled)


def lose_a_part(data, chance):
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randrange(1, 2000) :]


def double_a_part(data, chance):
    start = chance.randrange(len(data))
    return data[: start + chance.randrange(1, 4000)] + data[start:]


def huge_numbers_in_bytes(data, chance):
    """Large numbers wherever one stands: lengths, offsets, sizes, generations."""
    places = [found.span() for found in DIGITS.finditer(data)]
    for start, end in sorted(chance.sample(places, min(6, len(places))), reverse=True):
        data = data[:start] + str(chance.choice(HUGE)).encode() + data[end:]
    return data


def lose_objects(pdf, chance):
    for item in _chosen(pdf, chance, 3):
        pdf._replace_object(item.objgen, pikepdf.Object.parse(b"null"))


def swap_objects(pdf, chance):
    pair = _chosen(pdf, chance, 2)
    if len(pair) == 2:
        pdf._swap_objects(pair[0].objgen, pair[1].objgen)


def huge_numbers(pdf, chance):
    for holder, key in _entries(pdf, chance, 12):
        if isinstance(holder[key], int | float) or type(holder[key]).__name__ == "Decimal":
            holder[key] = pikepdf.Object.parse(str(chance.choice(HUGE)).encode())
    for page in list(pdf.pages)[:1]:
        if chance.random() < 0.3:
            page.obj.MediaBox = Array([0, 0, 10**9, 10**9])


def turn_in_circles(pdf, chance):
    """References to what they are part of: page trees, resources, appearances, colour spaces."""
    for holder, key in _entries(pdf, chance, 8):
        if isinstance(holder[key], Dictionary | Array | Stream) and holder.is_indirect:
            holder[key] = chance.choice([holder, *_chosen(pdf, chance, 1)])


def wrong_types(pdf, chance):
    for holder, key in _entries(pdf, chance, 8):
        holder[key] = chance.choice(ODD[1:])


BYTES = (cut_short, flip_bytes, lose_a_part, double_a_part, huge_numbers_in_bytes)
OBJECTS = (lose_objects, swap_objects, huge_numbers, turn_in_circles, wrong_types)


def _chosen(pdf, chance, count):
    items = [item for item in pdf.objects if isinstance(item, Dictionary | Array | Stream)]
    return chance.sample(items, min(count, len(items)))


def _entries(pdf, chance, count):
    """Some entries of dictionaries, each with the one that holds it."""
    holders = [item for item in pdf.objects if isinstance(item, Dictionary | Stream)]
    for holder in chance.choices(holders, k=count):
        keys = [key for key in holder.keys() if key != "/Length"]  # noqa: SIM118
        if keys:
            yield holder, chance.choice(keys)


def spoiled(data, way, seed):
    """The file after one harm; where pikepdf can't write such a thing, bytes are flipped."""
    chance = Random(f"{way.__name__} {seed}")
    if way in BYTES:
        return way(data, chance)
    out = BytesIO()
    try:
        with Pdf.open(BytesIO(data), suppress_warnings=True) as pdf:
            way(pdf, chance)
            pdf.save(out, fix_metadata_version=False)
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, KeyError):
        return flip_bytes(data, chance)
    return out.getvalue()
