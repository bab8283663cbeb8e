package vn.citizen.core.journeys

import java.nio.file.Path
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.nameWithoutExtension
import kotlin.io.path.readText
import org.json.JSONArray
import org.json.JSONObject
import vn.citizen.core.Repository

/** How a journey goes: see `tests/harness/tests/journeys/step.rs`. */
internal class JourneyScenario(file: Path) {
    private val json = JSONObject(file.readText())

    /** The file's, without `.json`. */
    val name: String = file.nameWithoutExtension

    /** `vi` or `en`. */
    val language: String = json.optString("language", "vi")

    /** Begins like another scenario, up to the page. */
    val like: Like? = json.optJSONObject("like")?.let(::Like)

    val steps: List<JourneyStep> = json.getJSONArray("steps").map { JourneyStep(it as JSONObject) }

    init {
        check(steps.isNotEmpty()) { "$name has no steps" }
    }

    companion object {
        fun all(): List<JourneyScenario> {
            val files = Repository.journeys.listDirectoryEntries("*.json")
            check(files.isNotEmpty()) { "no scenario in ${Repository.journeys}" }
            return files.map(::JourneyScenario).sortedBy { it.name }
        }
    }
}

internal class Like(json: JSONObject) {
    val scenario: String = json.getString("scenario")
    val until: String = json.getString("until")

    fun steps(): List<JourneyStep> {
        val other = JourneyScenario(Repository.journeys.resolve("$scenario.json"))
        check(other.like == null) { "like a scenario that begins by itself, not like $scenario" }
        return other.steps
    }
}

/** One thing that happens, and what must be so afterwards. */
internal class JourneyStep(private val json: JSONObject) {
    /** What happens: the only name beside `expect`. */
    val what: String = (json.keySet() - "expect").single()

    val expect = Expect(json.optJSONObject("expect") ?: JSONObject())

    val text: String get() = json.getString(what)
    val flag: Boolean get() = json.getBoolean(what)
    val seconds: ULong get() = json.getLong(what).toULong()
    val fields: JSONObject get() = json.getJSONObject(what)

    /** Texts by their names, in the names' order. */
    fun texts(): Map<String, String> = fields.toMap().mapValues { it.value as String }.toSortedMap()
}

internal fun strings(json: JSONArray): List<String> = json.map { it as String }
