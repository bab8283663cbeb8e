package vn.citizen.core

import java.nio.file.Path
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.readBytes

/** A grey picture: rows without padding, one byte a pixel. */
internal class Picture(val width: Int, val height: Int, val luma: ByteArray) {
    operator fun get(x: Int, y: Int): Byte = luma[y * width + x]

    /** This picture after a quarter turn clockwise. */
    fun turnedClockwise() = drawn(height, width) { x, y -> this[y, height - 1 - x] }

    companion object {
        private val HEADER = Regex("""P5\s+(\d+)\s+(\d+)\s+255\s""")

        /** A drawn frame, by its name. */
        fun scene(name: String): Picture = read(Repository.scenes.resolve("$name.pgm"))

        /** The frames of a drawn burst, by its name. */
        fun burst(name: String): List<Picture> = all(Repository.bursts.resolve(name))

        /** The drawn frames of a selfie, planes in one picture. */
        fun held(name: String): List<Picture> = all(Repository.selfies.resolve(name))

        private fun all(folder: Path): List<Picture> {
            val files = folder.listDirectoryEntries("*.pgm").sorted()
            check(files.isNotEmpty()) { "no frame in $folder" }
            return files.map(::read)
        }

        fun grey(width: Int, height: Int) = drawn(width, height) { _, _ -> 128.toByte() }

        fun read(file: Path): Picture {
            val bytes = file.readBytes()
            val start = String(bytes, 0, minOf(bytes.size, 64), Charsets.ISO_8859_1)
            val header = checkNotNull(HEADER.matchAt(start, 0)) { "$file is no binary 8-bit PGM" }
            val (width, height) = header.destructured
            return Picture(width.toInt(), height.toInt(), bytes.copyOfRange(header.value.length, bytes.size))
        }

        private fun drawn(width: Int, height: Int, pixel: (x: Int, y: Int) -> Byte) =
            Picture(width, height, ByteArray(width * height) { pixel(it % width, it / width) })
    }
}
