package vn.citizen.core

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.TestFactory
import vn.citizen.core.vision.Scan

class ScenesTest {
    @TestFactory
    fun `every drawn frame gives what the command line gives`() =
        CliLine.all().map { dynamicTest(it.scene) { compare(it) } }

    private fun compare(line: CliLine) = when (val scan = scanStill(Picture.scene(line.scene).asLuma())) {
        is Scan.Card -> {
            assertEquals(line.card, json(scan.reading), line.scene)
            assertEquals(line.corners, scan.corners.points(), line.scene)
        }
        is Scan.Hint -> {
            assertNull(line.card, line.scene)
            assertEquals(line.hint, name(scan.hint), line.scene)
            assertEquals(line.suggestions, scan.suggestions, line.scene)
            assertEquals(line.outline, scan.outline?.points(), line.scene)
        }
    }
}
