package vn.citizen.core.app

import kotlin.io.path.readText
import org.json.JSONObject
import vn.citizen.core.ColourFrame
import vn.citizen.core.Picture
import vn.citizen.core.Repository
import vn.citizen.core.TODAY
import vn.citizen.core.asLuma
import vn.citizen.core.card.CitizenCard
import vn.citizen.core.vision.CardScanner
import vn.citizen.core.vision.Scan
import vn.citizen.core.vision.Selfie
import vn.citizen.core.vision.SelfieGuide
import vn.citizen.core.vision.SelfieProfile

/** From one frame to the next. */
private const val FRAME_MS = 100

/** Frames of a face; after the last drawn one comes the first again. */
private const val FRAMES = 60

/** A citizen of the sandbox: the card in hand, and what is typed. */
internal class Citizen(number: Int) {
    private val json = JSONObject(Repository.enrolment.resolve("citizen-$number.json").readText())
    private val photo = Picture.read(Repository.enrolment.resolve("card-$number.pgm")).asLuma()

    val number: String = json.getString("number")
    val phone: String = json.getString("phone")
    val email: String = json.getString("email")
    val password = "hoa sen no tren ho 7"

    /** As the scanner reads it. */
    fun card(): CitizenCard = CardScanner(TODAY).use { scanner ->
        val scan = scanner.scan(photo.bytes, photo.layout)
        (scan as Scan.Card).reading.card
    }

    /** As the guide takes it, once it likes what it sees. */
    fun portrait(): ByteArray = SelfieGuide(SelfieProfile.NORMAL, comeCloser = false).use { guide ->
        val drawn = ColourFrame.held("clean")
        (0 until FRAMES).firstNotNullOf { at ->
            val frame = drawn[at % drawn.size]
            val nowMs = (at * FRAME_MS).toULong()
            val selfie = guide.observe(frame.y, frame.u, frame.v, frame.layout, null, nowMs)
            (selfie as? Selfie.Captured)?.portrait?.jpeg
        }
    }
}
