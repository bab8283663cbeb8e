"""zxing-cpp as a decoder of `bench-qr`: a line on stdin asks, a line on stdout answers (see src/qr/protocol.rs)."""

import json
import sys
import time

import zxingcpp


def luma(path):
    """A PGM of src/qr/luma.rs as rows of bytes."""
    with open(path, "rb") as file:
        magic, width, height, depth = file.readline().split()
        assert (magic, depth) == (b"P5", b"255"), path
        return memoryview(file.read()).cast("B", (int(height), int(width)))


def decode(image):
    return zxingcpp.read_barcodes(
        image,
        formats=zxingcpp.BarcodeFormat.QRCode,
        try_rotate=True,
        try_downscale=True,
        try_invert=True,
        text_mode=zxingcpp.TextMode.Plain,
    )


print("ready", flush=True)
for line in sys.stdin:
    image = luma(line.rstrip("\n").split("\t", 1)[1])
    before = time.thread_time()
    codes = decode(image)
    ms = (time.thread_time() - before) * 1e3
    texts = [code.text.encode("utf-8", "surrogatepass").hex() for code in codes]
    print(json.dumps({"ms": ms, "codes": texts}), flush=True)
