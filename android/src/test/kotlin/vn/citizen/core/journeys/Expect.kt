package vn.citizen.core.journeys

import org.json.JSONObject
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue

/** What must be so afterwards; what is not named may be anything. */
internal class Expect(json: JSONObject) {
    private val page: String? = json.optString("page", null)

    /** Names of all effects, in order. */
    private val effects: List<String>? = json.optJSONArray("effects")?.let(::strings)
    private val refused: Boolean = json.optBoolean("refused", false)

    /** Ids of messages that are on the page, among others. */
    private val says: List<String> = json.optJSONArray("says")?.let(::strings).orEmpty()

    /** Ids of all actions that can be tapped. */
    private val actions: List<String>? = json.optJSONArray("actions")?.let(::strings)

    /** The support code on the page. */
    private val code: String? = json.optString("code", null)

    /** Values of fields that are prefilled. */
    private val values: Map<String, Any?> = json.optJSONObject("values")?.toMap().orEmpty()

    fun check(shown: Shown, place: String) {
        assertEquals(refused, shown.refused, "$place: refused")
        page?.let { assertEquals(it, shown.page.id, place) }
        effects?.let { assertEquals(it, shown.effects, place) }
        val said = said(shown.page).map { it.id }
        for (id in says) assertTrue(id in said, "$place: says $id; it says $said")
        actions?.let { assertEquals(it, shown.page.actions.filter { one -> one.enabled }.map { one -> one.id }, place) }
        code?.let { assertEquals(it, shown.page.parts.firstNotNullOfOrNull { part -> (part as? Part.Notice)?.code }, place) }
        for ((id, value) in values) {
            val fields = shown.page.parts.filterIsInstance<Part.Field>().map { it.field }
            assertEquals(value, fields.firstOrNull { it.id == id }?.value, "$place: $id")
        }
    }
}

/** Everything that a page says, in its order. */
internal fun said(page: Page): List<Said> = listOf(page.title) + page.parts.flatMap(::said)

private fun said(part: Part): List<Said> = when (part) {
    is Part.Paragraph -> listOf(part.said)
    is Part.Notice -> listOf(part.said)
    is Part.Progress -> listOf(part.said)
    is Part.Field -> part.field.run { listOfNotNull(label, hint, error) }
    is Part.Choice -> part.choice.run { listOfNotNull(label, error) + options.map { it.label } }
    is Part.CodeEntry -> listOfNotNull(part.entry.error)
    is Part.Camera -> listOfNotNull(part.hint)
    is Part.Timeline -> part.entries.flatMap { listOfNotNull(it.label, it.detail) }
    is Part.Document -> listOf(part.title) + said(part.rows)
    is Part.Rows -> said(part.rows)
    is Part.Countdown -> listOf(part.wait.label)
    is Part.Consent -> listOf(part.entry.title) + part.entry.facts
}

private fun said(rows: List<CardRow>): List<Said> = rows.flatMap { listOfNotNull(it.label, it.note) }
