package vn.citizen.core

import java.nio.ByteBuffer
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import vn.citizen.core.vision.CardScanner
import vn.citizen.core.vision.FrameException
import vn.citizen.core.vision.FrameLayout
import vn.citizen.core.vision.FramePlane
import vn.citizen.core.vision.PixelFormat
import vn.citizen.core.vision.Rotation
import vn.citizen.core.vision.ScannerException

class ErrorTest {
    private val scanner = CardScanner(TODAY)
    private val bytes = ByteBuffer.allocateDirect(64 * 48)
    private val layout = FrameLayout(width = 64u, height = 48u, rowStride = 64u, rotation = Rotation.UPRIGHT)

    @Test
    fun `a side of nothing or of too much is refused with both sides`() {
        for ((width, height) in listOf(0u to 48u, 64u to 0u, 16_385u to 48u, 64u to UInt.MAX_VALUE)) {
            val size = assertThrows<FrameException.Size> {
                scanner.scan(bytes, layout.copy(width = width, height = height))
            }
            assertEquals(width to height, size.width to size.height)
        }
    }

    @Test
    fun `rows that overlap are refused with the stride they need`() {
        val stride = assertThrows<FrameException.Stride> { scanner.scan(bytes, layout.copy(rowStride = 63u)) }
        assertEquals(Triple(FramePlane.LUMA, 63u, 64u), Triple(stride.plane, stride.found, stride.needed))
    }

    @Test
    fun `packed rows that overlap are refused with the stride they need`() {
        val stride = assertThrows<FrameException.Stride> { scanner.scanBuffer(bytes, PixelFormat.BGRA, layout) }
        assertEquals(Triple(FramePlane.PACKED, 64u, 256u), Triple(stride.plane, stride.found, stride.needed))
    }

    @Test
    fun `a buffer that ends too soon is refused with the bytes it lacks`() {
        for (size in listOf(0, 1, 64 * 48 - 1)) {
            val short = assertThrows<FrameException.TooShort> {
                scanner.scan(ByteBuffer.allocateDirect(size), layout)
            }
            assertEquals(FramePlane.LUMA, short.plane)
            assertEquals(size.toULong() to 64uL * 48uL, short.found to short.needed)
        }
    }

    @Test
    fun `chroma that ends too soon is refused with the bytes it lacks`() {
        val colour = layout.copy(chromaRowStride = 64u, chromaPixelStride = 2u)
        val short = assertThrows<FrameException.TooShort> { scanner.scanBuffer(bytes, PixelFormat.NV12, colour) }
        assertEquals(FramePlane.CHROMA_U, short.plane)
        assertEquals(0uL to 23uL * 64uL + 63uL, short.found to short.needed)
    }

    @Test
    fun `no layout escapes as an untyped exception`() {
        val sides = listOf(0u, 1u, 2u, 3u, 64u, 16_384u, UInt.MAX_VALUE)
        val strides = listOf(0u, 1u, 64u, UInt.MAX_VALUE)
        for (width in sides) for (height in sides) for (row in strides) for (chroma in strides) for (pixel in strides) {
            val any = FrameLayout(width, height, row, chroma, pixel, Rotation.CLOCKWISE, mirrored = true)
            typed { scanner.scan(bytes, any) }
            typed { scanner.scanStill(bytes, any) }
            for (format in PixelFormat.entries) {
                typed { scanner.scanBuffer(bytes, format, any) }
                typed { scanner.scanStillBuffer(bytes, format, any) }
            }
        }
    }

    @Test
    fun `a buffer on the heap is refused before it crosses`() {
        assertThrows<IllegalArgumentException> { scanner.scan(ByteBuffer.allocate(64 * 48), layout) }
    }

    @Test
    fun `a text that is no day gives no scanner`() {
        for (text in listOf("", "22/11/2026", "2026-02-30", "1899-12-31", "2400-01-01", "2026-11-22T00:00", "\u0000")) {
            assertThrows<ScannerException.NotADay>(text) { CardScanner(text) }
        }
    }

    private fun typed(scan: () -> Unit) = try {
        scan()
    } catch (_: FrameException) {
    }
}
