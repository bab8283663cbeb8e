package vn.citizen.core.app

import vn.citizen.core.journeys.CameraKind
import vn.citizen.core.journeys.CodeSource
import vn.citizen.core.journeys.Event
import vn.citizen.core.journeys.Field
import vn.citizen.core.journeys.FieldKind
import vn.citizen.core.journeys.Page
import vn.citizen.core.journeys.Part
import vn.citizen.core.journeys.Role
import vn.citizen.core.journeys.said

/** Somebody before the screen, who does what each page asks for and taps its first button. */
internal class Holder(private val citizen: Citizen, private val sandbox: Sandbox) {
    /** Words that were read: titles and texts. */
    val read = mutableListOf<String>()

    /** Goes on until a page is drawn; the ids of all pages up to it as they change. */
    fun walk(app: App, screen: Screen, until: String): List<String> {
        val ids = mutableListOf<String>()
        var done = mutableSetOf<String>()
        while (true) {
            val page = checkNotNull(screen.next()) { "no page after $ids; ${app.trace()}" }
            if (page.id != ids.lastOrNull()) {
                ids += page.id
                done = mutableSetOf()
            }
            read += said(page).map { it.text }
            stopped(page)?.let { error("${page.id} stops with $it, after $ids; ${app.trace()}") }
            if (page.id == until) return ids
            val deed = deeds(page).firstOrNull { (name, _) -> done.add(name) } ?: continue
            deed.second().forEach(app::dispatch)
        }
    }

    private fun stopped(page: Page): String? = page.parts.firstNotNullOfOrNull { (it as? Part.Notice)?.code }

    /** What can be done, by name, in this order; each once a page. */
    private fun deeds(page: Page): List<Pair<String, () -> List<Event>>> {
        val first = page.actions.firstOrNull { it.role == Role.PRIMARY && it.enabled }
        val typed = { page.parts.filterIsInstance<Part.Field>().map { type(page.id, it.field) } }
        // In one go: a secret that is typed changes nothing on the page.
        val tap = first?.let { it.id to { typed() + Event.Action(page.id, it.id) } }
        return page.parts.mapNotNull { deed(page.id, it) } + listOfNotNull(tap)
    }

    private fun deed(page: String, part: Part): Pair<String, () -> List<Event>>? = when (part) {
        is Part.Consent -> part.entry.run {
            id.takeIf { isRequired && !chosen }?.let { it to { listOf(Event.Choose(page, it, "", true)) } }
        }
        is Part.CodeEntry -> "code" to { listOf(Event.Code(page, sandbox.message(citizen.phone), CodeSource.MESSAGE)) }
        is Part.Camera -> when (part.camera) {
            CameraKind.CARD -> "card" to { listOf(Event.CardRead(page, citizen.card())) }
            CameraKind.SELFIE -> "portrait" to { listOf(Event.Portrait(page, citizen.portrait())) }
        }
        else -> null
    }

    private fun type(page: String, field: Field) = Event.Field(
        page,
        field.id,
        when (field.kind) {
            FieldKind.ID_NUMBER -> citizen.number
            FieldKind.PHONE -> citizen.phone
            FieldKind.EMAIL -> citizen.email
            FieldKind.CURRENT_PASSWORD, FieldKind.NEW_PASSWORD -> citizen.password
            else -> error("nobody asks for ${field.id} here")
        },
    )
}
