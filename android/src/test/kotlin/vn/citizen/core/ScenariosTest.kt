package vn.citizen.core

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.TestFactory
import org.junit.jupiter.api.assertDoesNotThrow
import vn.citizen.core.vision.CardScanner
import vn.citizen.core.vision.Scan

class ScenariosTest {
    @TestFactory
    fun `every scenario runs as written`() = Scenario.all().map { dynamicTest(it.name) { run(it) } }

    private fun run(scenario: Scenario) = CardScanner(scenario.today).use { scanner ->
        scenario.steps.forEachIndexed { at, step ->
            val place = "${scenario.name}, step ${at + 1}"
            val scan = assertDoesNotThrow(place) {
                val frame = Picture.scene(step.scene).asLuma(step.rotation)
                scanner.scan(frame.bytes, frame.layout)
            }
            assertEquals(step.expect, json(scan), place)
        }
    }

    private fun json(scan: Scan) = when (scan) {
        is Scan.Card -> mapOf("card" to json(scan.reading))
        is Scan.Hint -> mapOf("hint" to name(scan.hint))
    }
}
