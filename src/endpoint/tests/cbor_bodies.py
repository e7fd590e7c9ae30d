"""For schemathesis: bodies of application/cbor go out as the bytes that were drawn, well-formed CBOR now and then."""

import random

import schemathesis


@schemathesis.serializer("application/cbor")
def as_drawn(_context, value):
    raw = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
    # A letter is an array of two byte strings; half of the bodies get that far.
    if random.Random(raw).random() < 0.5:
        return raw
    inner = raw[:65535]
    return b"\x82\x59" + len(inner).to_bytes(2, "big") + inner + b"\x58\x40" + bytes(64)
