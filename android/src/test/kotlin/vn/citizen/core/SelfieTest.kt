package vn.citizen.core

import java.nio.ByteBuffer
import javax.imageio.ImageIO
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import vn.citizen.core.vision.FaceLandmarks
import vn.citizen.core.vision.FrameException
import vn.citizen.core.vision.FrameLayout
import vn.citizen.core.vision.PixelFormat
import vn.citizen.core.vision.Point
import vn.citizen.core.vision.Portrait
import vn.citizen.core.vision.Rotation
import vn.citizen.core.vision.Selfie
import vn.citizen.core.vision.SelfieGuide
import vn.citizen.core.vision.SelfieHint
import vn.citizen.core.vision.SelfieProfile
import vn.citizen.core.vision.Still

class SelfieTest {
    private val clean = ColourFrame.held("clean").first()

    @Test
    fun `the portrait is a picture of the size it states, without metadata`() {
        val portrait = accepted(clean)
        val picture = ImageIO.read(portrait.jpeg.inputStream())
        assertEquals(portrait.width.toInt() to portrait.height.toInt(), picture.width to picture.height)
        // APP1 and beyond: Exif, XMP, a colour profile, a maker's notes.
        val markers = portrait.jpeg.toList().windowed(2).map { (a, b) -> a.toUByte().toInt() to b.toUByte().toInt() }
        assertFalse(markers.any { (a, b) -> a == 0xff && b in 0xe1..0xef })
    }

    @Test
    fun `the overlay's shapes lie in the frame`() = guide().use { guide ->
        val guidance = assertInstanceOf(Selfie.Guide::class.java, guide.see(clean)).guidance
        val face = checkNotNull(guidance.face)
        val (width, height) = clean.layout.width.toFloat() to clean.layout.height.toFloat()
        assertTrue(face.x > 0 && face.y > 0 && face.x + face.width < width && face.y + face.height < height)
        assertTrue(guidance.oval.width < width && guidance.oval.height < height)
        assertTrue(guidance.progress in 0f..1f)
    }

    @Test
    fun `what a phone's own detection sees sharpens the pose`() {
        val eyes = FaceLandmarks(leftEye = Point(167f, 250f), rightEye = Point(271f, 292f))
        val hints = listOf(null, eyes).map { landmarks -> steadyHint(landmarks) }
        assertEquals(SelfieHint.GOOD, hints[0])
        assertEquals(SelfieHint.STRAIGHTEN, hints[1])
    }

    @Test
    fun `landmarks of no sense change nothing`() {
        val senseless = listOf(Float.NaN, Float.POSITIVE_INFINITY, -Float.MAX_VALUE, 0f)
        for (value in senseless) {
            val point = Point(value, value)
            val landmarks = FaceLandmarks(point, point, mouth = point, nose = point, eyeOpening = value)
            assertEquals(SelfieHint.GOOD, steadyHint(landmarks), "$value")
        }
    }

    @Test
    fun `luma alone is enough`() {
        assertInstanceOf(Portrait::class.java, accepted(clean.withoutColour()))
    }

    @Test
    fun `a frame that is none is refused`() = guide().use { guide ->
        val short = ColourFrame(clean.y, ByteBuffer.allocateDirect(1), clean.v, clean.layout)
        assertThrows<FrameException.TooShort> { guide.see(short) }
        assertThrows<FrameException.Size> { guide.see(ColourFrame(clean.y, clean.u, clean.v, clean.layout.copy(width = 0u))) }
        assertThrows<FrameException> { guide.observeBuffer(clean.y, PixelFormat.BGRA, clean.layout, null, 0uL) }
        assertThrows<FrameException> { guide.acceptStillBuffer(clean.y, PixelFormat.RGBA, clean.layout) }
        assertNull(guide.takeNow())
    }

    @Test
    fun `no layout and no clock escapes as an untyped exception`() = guide().use { guide ->
        val sides = listOf(0u, 1u, 2u, 3u, 64u, 16_384u, UInt.MAX_VALUE)
        val bytes = ByteBuffer.allocateDirect(64 * 48)
        for (width in sides) for (height in sides) for (stride in listOf(0u, 1u, 64u, UInt.MAX_VALUE)) {
            for (now in listOf(ULong.MAX_VALUE, 0uL)) {
                val layout = FrameLayout(width, height, stride, stride, 1u, Rotation.CLOCKWISE, mirrored = true)
                typed { guide.observe(bytes, bytes, bytes, layout, null, now) }
                typed { guide.acceptStill(bytes, bytes, bytes, layout) }
                for (format in PixelFormat.entries) {
                    typed { guide.observeBuffer(bytes, format, layout, null, now) }
                    typed { guide.acceptStillBuffer(bytes, format, layout) }
                }
            }
        }
    }

    @Test
    fun `begun anew, it has forgotten`() = guide().use { guide ->
        guide.see(clean)
        guide.restart()
        assertNull(guide.takeNow())
        guide.see(clean)
        assertNotEquals(null, guide.takeNow())
    }

    private fun guide() = SelfieGuide(SelfieProfile.NORMAL, comeCloser = false)

    private fun SelfieGuide.see(frame: ColourFrame, landmarks: FaceLandmarks? = null, nowMs: ULong = 0uL) =
        observe(frame.y, frame.u, frame.v, frame.layout, landmarks, nowMs)

    private fun accepted(frame: ColourFrame) = guide().use {
        assertInstanceOf(Still.Accepted::class.java, it.acceptStill(frame.y, frame.u, frame.v, frame.layout)).portrait
    }

    /** After half a second. */
    private fun steadyHint(landmarks: FaceLandmarks?): SelfieHint = guide().use { guide ->
        val selfies = (0uL..400uL step 100).map { guide.see(clean, landmarks, it) }
        assertInstanceOf(Selfie.Guide::class.java, selfies.last()).guidance.hint
    }

    private fun typed(look: () -> Unit) = try {
        look()
    } catch (_: FrameException) {
    }
}
