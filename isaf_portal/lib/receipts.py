"""Receipts: six characters that the server and the browser compute alike over what was saved.

The bytes under the hash are fixed for ever, since a device must be able to recompute them
(`docs/data-dictionary.md` repeats this):

    isaf-receipt-1 LF <client_id, lower case with hyphens> LF <base_revision> LF
    then one line per cell, sorted by the bytes of its key:  <key> = <count or nothing> LF

in UTF-8, where a cell's key is `<criterion id>.<group code>.<score>`. Of its SHA-256 the first thirty bits
are written in an alphabet of 32 without 0, O, 1 and I, which are read alike on a cracked screen.
"""

import hashlib
from collections.abc import Mapping

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def check_code(digest: bytes, length: int = 6) -> str:
    """The first `length` x 5 bits of a digest in the receipt alphabet, in two halves: `R4T-RQJ`."""
    bits = int.from_bytes(digest, "big")
    total = len(digest) * 8
    letters = [ALPHABET[(bits >> (total - 5 * (i + 1))) & 31] for i in range(length)]
    half = length // 2
    return f"{''.join(letters[:half])}-{''.join(letters[half:])}"


def sheet_bytes(*, client_id: str, base_revision: int, cells: Mapping[str, int | None]) -> bytes:
    lines = ["isaf-receipt-1", client_id.lower(), str(base_revision)]
    keys = sorted(cells, key=lambda key: key.encode())
    lines += [f"{key}={'' if cells[key] is None else cells[key]}" for key in keys]
    return ("\n".join(lines) + "\n").encode()


def sheet_receipt(*, client_id: str, base_revision: int, cells: Mapping[str, int | None]) -> str:
    """The receipt of one save of a sheet.

    `client_id` is the save's UUID, `base_revision` the revision the device had read, `cells` the counts typed,
    None where a cell was emptied.
    """
    payload = sheet_bytes(client_id=client_id, base_revision=base_revision, cells=cells)
    return check_code(hashlib.sha256(payload).digest())
