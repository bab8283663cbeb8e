package vn.citizen.core

import kotlin.io.path.readLines
import org.json.JSONArray
import org.json.JSONObject
import vn.citizen.core.vision.Point
import vn.citizen.core.vision.Suggestions

/** What the command line made of one drawn frame. */
internal class CliLine(line: String) {
    private val json = JSONObject(line)

    val scene: String = json.getString("file").removeSuffix(".pgm")

    /** `null` where there is no card. */
    val card: Map<String, Any?>? = json.optJSONObject("card")?.toMap()

    /** `null` where there is a card. */
    val hint: String? = json.optString("hint", null)

    /** `null` where there is a card. */
    val suggestions: Suggestions? = json.optJSONObject("suggestions")?.let(::suggestions)

    val corners: List<Point> = points(json.getJSONArray("corners"))

    /** `null` where no symbol was seen, or one was read. */
    val outline: List<Point>? = json.optJSONArray("outline")?.let(::points)

    companion object {
        fun all(): List<CliLine> {
            val lines = Repository.scenes.resolve("cli.jsonl").readLines().filter(String::isNotBlank).map(::CliLine)
            check(lines.isNotEmpty()) { "cli.jsonl is empty" }
            return lines
        }

        fun of(scene: String): CliLine = all().single { it.scene == scene }
    }
}

private fun suggestions(json: JSONObject) = Suggestions(
    zoom = json.optFloatObject("zoom", null),
    focus = json.optJSONArray("focus")?.let(::point),
    torch = json.getBoolean("torch"),
    typeByHand = json.getBoolean("type_by_hand"),
)

private fun points(json: JSONArray) = json.map { point(it as JSONArray) }

private fun point(json: JSONArray) = Point(json.getFloat(0), json.getFloat(1))
