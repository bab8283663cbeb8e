package vn.citizen.core.journeys

import org.json.JSONObject
import vn.citizen.core.card.CitizenCard
import vn.citizen.core.card.Sex

/** Makes it happen, on the page that is shown. */
internal fun Rehearsal.happen(step: JourneyStep, page: String): Shown = when (step.what) {
    "fields" -> enter(page, step.texts())
    "secrets" -> enter(page, step.texts().mapValues { secret(it.value) })
    "reply" -> reply(step.fields.getString("to"), JSONObject.valueToString(step.fields.get("with")))
    "advance" -> advance(step.seconds)
    "risk" -> risk(reading(step.texts()))
    "kill" -> kill()
    else -> event(event(step, page))
}

/** The last answer counts. */
private fun Rehearsal.enter(page: String, fields: Map<String, String>): Shown =
    fields.map { (field, value) -> event(Event.Field(page, field, value)) }.last()

private fun event(step: JourneyStep, page: String): Event = when (step.what) {
    "start" -> Event.Start(named<Journey>(step.text))
    "act" -> Event.Action(page, step.text)
    "stale_act" -> Event.Action("gone", step.text)
    "choose" -> step.fields.let {
        Event.Choose(page, it.getString("choice"), it.optString("option"), it.optBoolean("chosen", true))
    }
    "code" -> step.fields.let {
        Event.Code(page, secret(it.getString("text")), named<CodeSource>(it.getString("source")))
    }
    "card" -> Event.CardRead(page, card(step.fields))
    "portrait" -> Event.Portrait(page, picture(step.text))
    "hint" -> step.fields.let { Event.CameraHint(page, it.getString("hint"), it.optInt("stage").toUByte()) }
    "camera_fault" -> Event.CameraFault(page, named<CameraFault>(step.text))
    "network" -> Event.Network(step.flag)
    "visible" -> Event.Visible(step.flag)
    "back" -> Event.Back(page)
    "cancel" -> Event.Cancel(page)
    else -> error("nothing is called ${step.what}")
}

private inline fun <reified T : Enum<T>> named(name: String): T = enumValueOf(name.uppercase())

/** Signals that are not named are `no`. */
private fun reading(signals: Map<String, String>): RiskReading {
    fun of(name: String) = named<Signal>(signals[name] ?: "no")
    return RiskReading(
        call = of("call"),
        capture = of("capture"),
        remote = of("remote"),
        overlay = of("overlay"),
        accessibility = of("accessibility"),
        debugger = of("debugger"),
    )
}

private fun card(json: JSONObject) = CitizenCard(
    number = json.getString("number"),
    oldNumber = json.optString("old_number", null),
    name = json.getString("name"),
    birthDate = json.getString("birth_date"),
    sex = if (json.getString("sex") == "Nam") Sex.MALE else Sex.FEMALE,
    address = json.getString("address"),
    issueDate = json.getString("issue_date"),
    extra = emptyList(),
)

/** The first bytes of a JPEG file, and some more; the machine looks at no more of it. */
private fun picture(kind: String): ByteArray = when (kind) {
    "jpeg" -> listOf(0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0).map(Int::toByte).toByteArray()
    "not_a_jpeg" -> "GIF89a".toByteArray()
    else -> error("no picture is called $kind")
}
