package vn.citizen.core

import vn.citizen.core.vision.Guidance
import vn.citizen.core.vision.Portrait
import vn.citizen.core.vision.Selfie
import vn.citizen.core.vision.SelfieGuide
import vn.citizen.core.vision.SelfieProfile
import vn.citizen.core.vision.Still
import vn.citizen.core.vision.WaysOn

/** From one frame to the next. */
private const val FRAME_MS = 100uL

/** A guide, and the time on the phone's clock. Answers are as the scenarios write them. */
internal class SelfieSession(profile: SelfieProfile, comeCloser: Boolean) : AutoCloseable {
    private val guide = SelfieGuide(profile, comeCloser)
    private var nowMs = 0uL

    fun stream(show: Show.Selfie): Map<String, Any?> {
        if (show.relax) guide.relax()
        var answer = emptyMap<String, Any?>()
        for (frame in show.load()) {
            nowMs += FRAME_MS
            answer = when (val selfie = guide.observe(frame.y, frame.u, frame.v, frame.layout, null, nowMs)) {
                is Selfie.Guide -> told(selfie.guidance)
                is Selfie.Captured -> return taken(selfie.portrait)
            }
        }
        return answer
    }

    fun still(frame: ColourFrame): Map<String, Any?> =
        when (val still = guide.acceptStill(frame.y, frame.u, frame.v, frame.layout)) {
            is Still.Accepted -> mapOf("accepted" to true)
            is Still.Refused -> mapOf("accepted" to false, "hint" to name(still.hint))
        }

    fun takeNow(): Map<String, Any?> = taken(guide.takeNow())

    override fun close() = guide.close()
}

private fun told(guidance: Guidance) = mapOf(
    "captured" to false,
    "hint" to name(guidance.hint),
    "failing" to guidance.failing?.let { name(it.check) },
    "ways_on" to names(guidance.waysOn),
)

private fun taken(portrait: Portrait?) = mapOf(
    "captured" to (portrait != null),
    "by_hand" to portrait?.byHand,
    "failed" to portrait?.failed.orEmpty().map { name(it.check) },
)

private fun names(ways: WaysOn): List<String> = buildList {
    if (ways.screenLight) add("screen_light")
    if (ways.shutter) add("shutter")
    if (ways.relax) add("relax")
    if (ways.elsewhere) add("elsewhere")
}
