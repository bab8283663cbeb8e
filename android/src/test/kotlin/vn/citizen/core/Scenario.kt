package vn.citizen.core

import java.nio.file.Path
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readText
import org.json.JSONObject
import vn.citizen.core.vision.Rotation

/** A story that the tests of all languages run. */
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

/** What is shown, and what it must give. */
internal class Step(json: JSONObject) {
    val show: Show = show(json)

    /** Each of these must be so: `card`, or null; `hint`; `suggest`, what the shell may do by itself. */
    val expect: Map<String, Any?> = json.getJSONObject("expect").toMap()

    init {
        check(expect.isNotEmpty()) { "a step expects nothing" }
    }
}

internal sealed interface Show {
    /** A picture by itself. */
    class Frame(json: JSONObject) : Show {
        private val scene = json.getString("scene")
        private val rotation = rotation(json.optString("rotation", "upright"))

        fun load(): CameraFrame = Picture.scene(scene).asLuma(rotation)
    }

    /** Each frame of a burst by itself: all must give the same. */
    class Stills(val burst: Burst) : Show

    /** The frames of a burst one after the other, until a card is read; the last answer counts. */
    class Stream(val burst: Burst) : Show
}

/** A scene in a hand that shakes. */
internal class Burst(json: JSONObject) {
    private val name = json.getString("burst")

    /** How many are shown; after the last drawn one comes the first again. All once if missing. */
    private val frames = json.optIntegerObject("frames", null)

    fun load(): List<CameraFrame> {
        val drawn = Picture.burst(name).map { it.asLuma() }
        check(drawn.isNotEmpty()) { "no frame of $name" }
        return List(frames ?: drawn.size) { drawn[it % drawn.size] }
    }
}

private fun show(json: JSONObject): Show = when {
    json.has("frame") -> Show.Frame(json.getJSONObject("frame"))
    json.has("stills") -> Show.Stills(Burst(json.getJSONObject("stills")))
    json.has("stream") -> Show.Stream(Burst(json.getJSONObject("stream")))
    else -> error("a step shows nothing")
}

private fun rotation(name: String) = when (name) {
    "upright" -> Rotation.UPRIGHT
    "clockwise" -> Rotation.CLOCKWISE
    "upside_down" -> Rotation.UPSIDE_DOWN
    "counter_clockwise" -> Rotation.COUNTER_CLOCKWISE
    else -> error("no rotation is called $name")
}
