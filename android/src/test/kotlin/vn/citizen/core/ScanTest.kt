package vn.citizen.core

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Test
import vn.citizen.core.card.Finding
import vn.citizen.core.card.Sex
import vn.citizen.core.vision.Scan
import vn.citizen.core.vision.ScanHint
import vn.citizen.core.vision.Suggestions

class ScanTest {
    @Test
    fun `a frame in a direct buffer gives the typed card`() {
        val said = checkNotNull(CliLine.of("easy").card)
        val (card, findings) = scanCard(Picture.scene("easy").asLuma()).reading

        assertEquals(said["number"], card.number)
        assertEquals(said["old_number"], card.oldNumber)
        assertEquals(said["name"], card.name)
        assertEquals(said["birth_date"], card.birthDate)
        assertEquals(if (said["sex"] == "male") Sex.MALE else Sex.FEMALE, card.sex)
        assertEquals(said["address"], card.address)
        assertEquals(said["issue_date"], card.issueDate)
        assertEquals(said["extra"], card.extra)
        assertEquals(listOf(Finding.UnknownProvince("000")), findings)
    }

    @Test
    fun `a frame that is easy gives the same card as the first of a stream and by itself`() {
        val easy = Picture.scene("easy").asLuma()
        assertEquals(scanCard(easy).reading, (scanStill(easy) as Scan.Card).reading)
    }

    @Test
    fun `nothing of a card shows when it is printed`() {
        val scan = scan(Picture.scene("easy").asLuma())
        val (card, _) = (scan as Scan.Card).reading
        assertFalse(listOf(card.number, card.name, card.birthDate, card.address).any { it in "$scan $card" })
    }

    @Test
    fun `a frame without a code gives the typed hint`() {
        val nothing = Scan.Hint(
            ScanHint.NothingFound,
            Suggestions(zoom = null, focus = null, torch = false, typeByHand = false),
            outline = null,
        )
        val grey = Picture.grey(640, 480).asLuma()
        assertEquals(nothing, scan(grey))
        assertEquals(nothing, scanStill(grey))
    }
}
