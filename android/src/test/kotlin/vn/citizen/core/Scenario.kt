package vn.citizen.core

import java.nio.file.Path
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readText
import org.json.JSONObject
import vn.citizen.core.vision.Rotation

/** A story that the tests of all languages run: frames, and what each must give. */
internal class Scenario(file: Path) {
    private val json = JSONObject(file.readText())

    val name: String = "${file.name} (${json.getString("title")})"
    val today: String = json.getString("today")
    val steps: List<Step> = json.getJSONArray("steps").map { Step(it as JSONObject) }

    init {
        check(steps.isNotEmpty()) { "$name has no steps" }
    }

    companion object {
        fun all(): List<Scenario> {
            val files = Repository.scenarios.listDirectoryEntries("*.json").sorted()
            check(files.isNotEmpty()) { "no scenario in ${Repository.scenarios}" }
            return files.map(::Scenario)
        }
    }
}

/** One frame of a scenario. */
internal class Step(json: JSONObject) {
    private val frame = json.getJSONObject("frame")

    val scene: String = frame.getString("scene")
    val rotation: Rotation = rotation(frame.optString("rotation", "upright"))

    /** `{"card": {...}}` or `{"hint": "..."}`. */
    val expect: Map<String, Any?> = json.getJSONObject("expect").toMap()
}

private fun rotation(name: String) = when (name) {
    "upright" -> Rotation.UPRIGHT
    "clockwise" -> Rotation.CLOCKWISE
    "upside_down" -> Rotation.UPSIDE_DOWN
    "counter_clockwise" -> Rotation.COUNTER_CLOCKWISE
    else -> error("no rotation is called $name")
}
