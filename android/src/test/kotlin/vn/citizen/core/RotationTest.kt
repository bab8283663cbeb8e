package vn.citizen.core

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import vn.citizen.core.vision.Point
import vn.citizen.core.vision.Rotation

class RotationTest {
    private val easy = Picture.scene("easy")
    private val upright = scanCard(easy.asLuma()).corners.points()

    @Test
    fun `each rotation turns the corners of the same buffer`() {
        val (width, height) = easy.width.toFloat() to easy.height.toFloat()
        val turns = mapOf<Rotation, (Point) -> Point>(
            Rotation.UPRIGHT to { it },
            Rotation.CLOCKWISE to { Point(height - it.y, it.x) },
            Rotation.UPSIDE_DOWN to { Point(width - it.x, height - it.y) },
            Rotation.COUNTER_CLOCKWISE to { Point(it.y, width - it.x) },
        )
        for (rotation in Rotation.entries) {
            val turn = turns.getValue(rotation)
            assertEquals(upright.map(turn), scanCard(easy.asLuma(rotation)).corners.points(), rotation.name)
        }
    }

    @Test
    fun `a turned buffer with its rotation shows the code where the upright one does`() {
        val clockwise = easy.turnedClockwise()
        val upsideDown = clockwise.turnedClockwise()
        val counterClockwise = upsideDown.turnedClockwise()
        val turned = mapOf(
            Rotation.COUNTER_CLOCKWISE to clockwise,
            Rotation.UPSIDE_DOWN to upsideDown,
            Rotation.CLOCKWISE to counterClockwise,
        )
        for ((rotation, picture) in turned) {
            val corners = scanCard(picture.asLuma(rotation)).corners.points()
            for ((expected, found) in upright zip corners) {
                assertEquals(expected.x, found.x, ONE_MODULE, rotation.name)
                assertEquals(expected.y, found.y, ONE_MODULE, rotation.name)
            }
        }
    }

    private companion object {
        /** Pixels. The finder search starts from another side, so the corners differ a little. */
        const val ONE_MODULE = 3f
    }
}
