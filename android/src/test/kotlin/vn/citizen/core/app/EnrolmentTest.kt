package vn.citizen.core.app

import java.nio.file.Path
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import vn.citizen.core.MemoryKeystore

/** From a card to a working account, at the sandbox over TLS, with a key store of Kotlin's own. */
class EnrolmentTest {
    @TempDir
    private lateinit var folder: Path
    private val keystore = MemoryKeystore()

    @Test
    fun `a citizen gets an account and signs in`() = atTheSandbox { sandbox, holder ->
        val pages = walk(sandbox, holder, until = LAST)
        assertEquals(FIRST_HALF + SECOND_HALF, pages)
        assertTrue(holder.read.all { VIETNAMESE.containsMatchIn(it) || it.length < SHORT }, "${holder.read}")
    }

    @Test
    fun `an app that is closed in the middle goes on there`() = atTheSandbox { sandbox, holder ->
        assertEquals(FIRST_HALF + MIDDLE, walk(sandbox, holder, until = MIDDLE))
        assertEquals(SECOND_HALF, walk(sandbox, holder, until = LAST))
    }

    private fun atTheSandbox(test: (Sandbox, Holder) -> Unit) = Sandbox().use { sandbox ->
        test(sandbox, Holder(Citizen(0), sandbox))
        assertEquals(0, sandbox.stop())
    }

    /** Opens the app, goes on until a page, and closes it. */
    private fun walk(sandbox: Sandbox, holder: Holder, until: String): List<String> {
        val screen = Screen()
        return App.open(appConfig(folder, sandbox.service), screen, keystore, Quiet).use { app ->
            holder.walk(app, screen, until).also { app.shutdown() }
        }
    }

    private companion object {
        const val MIDDLE = "enrol-portrait"
        const val LAST = "home-account"
        val FIRST_HALF = listOf(
            "home", "consent-loading", "consent",
            "enrol-who", "card-scan", "card-review", "enrol-contact", "enrol-code",
        )
        val SECOND_HALF = listOf(
            MIDDLE, "enrol-password", "enrol-submit", "enrol-sending", "enrol-applying", "enrol-receipt",
            "status-asking", "status-approved", "sign-in-form", "sign-in-sending", LAST,
        )

        /** Letters that only Vietnamese has. */
        val VIETNAMESE = Regex("[ăâđêôơưĂÂĐÊÔƠƯ\\u1ea0-\\u1ef9]")

        /** A word or two may do without. */
        const val SHORT = 20
    }
}
