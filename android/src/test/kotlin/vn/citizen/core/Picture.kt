package vn.citizen.core

import kotlin.io.path.readBytes

/** A grey picture: rows without padding, one byte a pixel. */
internal class Picture(val width: Int, val height: Int, val luma: ByteArray) {
    operator fun get(x: Int, y: Int): Byte = luma[y * width + x]

    /** This picture after a quarter turn clockwise. */
    fun turnedClockwise() = drawn(height, width) { x, y -> this[y, height - 1 - x] }

    companion object {
        private val HEADER = Regex("""P5\s+(\d+)\s+(\d+)\s+255\s""")

        /** A drawn frame, by its name. */
        fun scene(name: String): Picture {
            val bytes = Repository.scenes.resolve("$name.pgm").readBytes()
            val start = String(bytes, 0, minOf(bytes.size, 64), Charsets.ISO_8859_1)
            val header = checkNotNull(HEADER.matchAt(start, 0)) { "$name is no binary 8-bit PGM" }
            val (width, height) = header.destructured
            return Picture(width.toInt(), height.toInt(), bytes.copyOfRange(header.value.length, bytes.size))
        }

        fun grey(width: Int, height: Int) = drawn(width, height) { _, _ -> 128.toByte() }

        private fun drawn(width: Int, height: Int, pixel: (x: Int, y: Int) -> Byte) =
            Picture(width, height, ByteArray(width * height) { pixel(it % width, it / width) })
    }
}
