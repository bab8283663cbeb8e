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

    private fun run(scenario: Scenario) = Stage(scenario).use { stage ->
        scenario.steps.forEachIndexed { at, step ->
            val place = "${scenario.name}, step ${at + 1}"
            for (found in assertDoesNotThrow(place) { stage.show(step.show) }) {
                assertEquals(step.expect, found.filterKeys(step.expect::containsKey), place)
            }
        }
    }
}

/** What plays along through a scenario. */
private class Stage(scenario: Scenario) : AutoCloseable {
    private val scanner = scenario.today?.let { CardScanner(it) }
    private val selfie = SelfieSession(scenario.profile, scenario.comeCloser)
    private val phone = PhoneStorage()

    fun show(show: Show): List<Map<String, Any?>> = when (show) {
        is Show.Frame -> listOf(cards().still(show.load()))
        is Show.Stills -> show.burst.load().map { cards().still(it) }
        is Show.Stream -> listOf(json(cards().untilCard(show.burst.load())))
        is Show.Selfie -> listOf(selfie.stream(show))
        is Show.SelfieStill -> listOf(selfie.still(show.load()))
        is Show.TakeNow -> listOf(selfie.takeNow())
        is Show.OpenStorage -> listOf(phone.openStorage(show))
        is Show.TellLosses -> listOf(phone.tellLosses())
    }

    override fun close() {
        scanner?.close()
        selfie.close()
        phone.close()
    }

    private fun cards() = checkNotNull(scanner) { "a scenario with cards has a day" }

    private fun CardScanner.still(frame: CameraFrame) = json(scanStill(frame.bytes, frame.layout))

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
