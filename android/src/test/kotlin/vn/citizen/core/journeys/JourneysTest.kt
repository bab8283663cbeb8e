package vn.citizen.core.journeys

import java.util.TreeMap
import kotlin.io.path.createDirectories
import kotlin.io.path.writeText
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.TestFactory
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.TestInstance.Lifecycle
import vn.citizen.core.Repository

/** Runs `tests/scenarios/journeys`, as Rust and Swift do; `cargo xtask test` compares the pages that all three saw. */
@TestInstance(Lifecycle.PER_CLASS)
class JourneysTest {
    private val seen = TreeMap<String, List<String>>()

    @TestFactory
    fun `every journey goes as written`() =
        JourneyScenario.all().map { dynamicTest(it.name) { seen[it.name] = pages(it) } }

    @AfterAll
    fun `leave the pages that were seen`() {
        val lines = seen.map { (name, pages) -> "$name: ${pages.joinToString(" ")}\n" }
        Repository.pagesSeen.createDirectories().resolve("kotlin.txt").writeText(lines.joinToString(""))
    }

    /** Their ids, one after the other as they change. */
    private fun pages(scenario: JourneyScenario): List<String> = Rehearsal(scenario.language).use { stage ->
        var shown = stage.advance(0uL)
        val pages = mutableListOf(shown.page.id)
        scenario.like?.let { like ->
            val steps = like.steps().iterator()
            while (shown.page.id != like.until) {
                check(steps.hasNext()) { "${scenario.name}: ${like.scenario} never shows ${like.until}" }
                shown = stage.happen(steps.next(), shown.page.id)
            }
            pages += shown.page.id
        }
        scenario.steps.forEachIndexed { at, step ->
            shown = stage.happen(step, shown.page.id)
            step.expect.check(shown, "${scenario.name}, step ${at + 1}")
            if (pages.last() != shown.page.id) pages += shown.page.id
        }
        pages
    }
}
