package vn.citizen.core

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Test
import vn.citizen.core.vision.PixelFormat
import vn.citizen.core.vision.Scan

class MemoryTest {
    private val easy = Picture.scene("easy")
    private val expected = scanCard(easy.asLuma())

    @Test
    fun `a sliced buffer with padded rows gives the same card at the same place`() {
        assertEquals(expected, scan(easy.asPaddedLumaAt(start = 37, padding = 64)))
    }

    @Test
    fun `a read-only buffer, as Android's cameras give, reads as it is`() {
        val frame = easy.asLuma()
        assertEquals(expected, scan(CameraFrame(frame.bytes.asReadOnlyBuffer(), frame.layout)))
    }

    @Test
    fun `every format in one buffer gives the same card at the same place`() {
        for (format in PixelFormat.entries) {
            assertEquals(expected, scanBuffer(easy.asOneBuffer(format), format), format.name)
        }
    }

    @Test
    fun `a picture by itself is the same in every format`() {
        val expected = assertInstanceOf(Scan.Card::class.java, scanStill(easy.asLuma()))
        for (format in PixelFormat.entries) {
            assertEquals(expected, scanStillBuffer(easy.asOneBuffer(format), format), format.name)
        }
    }
}
