"""Whether a million ids are all different, without numbering them: their hashes are sorted and neighbours compared.

Equal ids have equal hashes, so a yes is certain; a no only means that somebody has to look.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from reimbursement.arrays import Ints

_WORD = 8
_LONGEST = 64
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)


def all_distinct(texts: Any) -> bool:
    """Whether no two of the texts (an Arrow large_string array without nulls) are equal; False where unsure."""
    if len(texts) < 2:
        return True
    _, offsets, data = texts.buffers()
    places = np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    sizes = np.diff(places)
    if sizes.max() > _LONGEST:
        return False
    text = np.frombuffer(data, np.uint8)[: places[-1]] if data is not None else np.empty(0, np.uint8)
    hashes = np.sort(_hashes(text, places[:-1], sizes))
    return not bool((hashes[1:] == hashes[:-1]).any())


def _hashes(text: NDArray[np.uint8], places: Ints, sizes: Ints) -> NDArray[np.uint64]:
    padded = np.concatenate([text, np.zeros(_LONGEST + _WORD, np.uint8)])
    # A view of the eight bytes that begin at every single byte: reading a word of an id is then one look-up.
    words = np.ndarray((len(padded) - _WORD + 1,), "<u8", padded, strides=(1,))
    hashes = sizes.astype(np.uint64)
    for start in range(0, int(sizes.max()), _WORD):
        left = np.clip(sizes - start, 0, _WORD).astype(np.uint64)
        # Shifting a word out by all its 64 bits is undefined, so it is done in two steps.
        unwanted = (np.uint64(_WORD) - left) * np.uint64(4)
        hashes ^= (words[places + start] << unwanted) << unwanted
        hashes *= _MIX
        hashes ^= hashes >> _SHIFT
    return hashes
