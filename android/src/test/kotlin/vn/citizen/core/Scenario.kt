package vn.citizen.core

import java.nio.file.Path
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readText
import org.json.JSONObject
import vn.citizen.core.vision.Rotation
import vn.citizen.core.vision.SelfieProfile

/** A story that the tests of all languages run. */
internal class Scenario(file: Path) {
    private val json = JSONObject(file.readText())

    val name: String = "${file.name} (${json.getString("title")})"

    /** The day, for cards. */
    val today: String? = json.optString("today", null)

    /** What is asked of a selfie. */
    val profile: SelfieProfile = profile(json.optString("profile", "normal"))
    val comeCloser: Boolean = json.optBoolean("come_closer", false)

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

    /** Each of these must be so: see `tests/harness/tests/scenarios`. */
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

    /** Frames of a selfie stream, until the picture takes itself; the last answer counts. */
    class Selfie(json: JSONObject) : Show {
        private val show = json.getString("show")
        private val frames = json.getInt("frames")
        val relax: Boolean = json.optBoolean("relax", false)

        /** After the last drawn one comes the first again. */
        fun load(): List<ColourFrame> = ColourFrame.held(show).let { drawn -> List(frames) { drawn[it % drawn.size] } }
    }

    /** A picture of full resolution instead. */
    class SelfieStill(json: JSONObject) : Show {
        private val show = json.getString("show")

        fun load(): ColourFrame = ColourFrame.held(show).first()
    }

    /** The button. */
    data object TakeNow : Show

    /** Opens the app's storage anew, with a key store that answers so. */
    class OpenStorage(json: JSONObject) : Show {
        val keyStore: String = json.getString("key_store")
    }

    /** The holder was told of the losses. */
    data object TellLosses : Show
}

/** A scene in a hand that shakes. */
internal class Burst(json: JSONObject) {
    private val name = json.getString("burst")

    /** How many are shown; after the last drawn one comes the first again. All once if missing. */
    private val frames = json.optIntegerObject("frames", null)

    fun load(): List<CameraFrame> {
        val drawn = Picture.burst(name).map { it.asLuma() }
        return List(frames ?: drawn.size) { drawn[it % drawn.size] }
    }
}

private fun show(json: JSONObject): Show = when {
    json.has("frame") -> Show.Frame(json.getJSONObject("frame"))
    json.has("stills") -> Show.Stills(Burst(json.getJSONObject("stills")))
    json.has("stream") -> Show.Stream(Burst(json.getJSONObject("stream")))
    json.has("selfie") -> Show.Selfie(json.getJSONObject("selfie"))
    json.has("selfie_still") -> Show.SelfieStill(json.getJSONObject("selfie_still"))
    json.has("take_now") -> Show.TakeNow
    json.has("open_storage") -> Show.OpenStorage(json.getJSONObject("open_storage"))
    json.has("tell_losses") -> Show.TellLosses
    else -> error("a step shows nothing")
}

private fun profile(name: String) = when (name) {
    "normal" -> SelfieProfile.NORMAL
    "relaxed" -> SelfieProfile.RELAXED
    "strict" -> SelfieProfile.STRICT
    else -> error("no profile is called $name")
}

private fun rotation(name: String) = when (name) {
    "upright" -> Rotation.UPRIGHT
    "clockwise" -> Rotation.CLOCKWISE
    "upside_down" -> Rotation.UPSIDE_DOWN
    "counter_clockwise" -> Rotation.COUNTER_CLOCKWISE
    else -> error("no rotation is called $name")
}
