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
            for (scan in assertDoesNotThrow(place) { scanner.scans(step.show) }) {
                val found = json(scan)
                assertEquals(step.expect, found.filterKeys(step.expect::containsKey), place)
            }
        }
    }

    private fun CardScanner.scans(show: Show): List<Scan> = when (show) {
        is Show.Frame -> listOf(still(show.load()))
        is Show.Stills -> show.burst.load().map { still(it) }
        is Show.Stream -> listOf(untilCard(show.burst.load()))
    }

    private fun CardScanner.still(frame: CameraFrame) = scanStill(frame.bytes, frame.layout)

    private fun CardScanner.untilCard(frames: List<CameraFrame>): Scan {
        for (frame in frames.dropLast(1)) {
            val scan = scan(frame.bytes, frame.layout)
            if (scan is Scan.Card) return scan
        }
        return frames.last().let { scan(it.bytes, it.layout) }
    }

    private fun json(scan: Scan): Map<String, Any?> = when (scan) {
        is Scan.Card -> mapOf("card" to json(scan.reading))
        is Scan.Hint -> mapOf("card" to null, "hint" to name(scan.hint), "suggest" to names(scan.suggestions))
    }
}
