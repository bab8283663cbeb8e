package vn.citizen.core.app

import java.nio.file.Path
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit.SECONDS
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import vn.citizen.core.MemoryKeystore
import vn.citizen.core.journeys.Event
import vn.citizen.core.journeys.Page
import vn.citizen.core.journeys.Request
import vn.citizen.core.journeys.RiskReading

/** Whatever a shell throws, the app goes on. */
class ShellFaultTest {
    @TempDir
    private lateinit var folder: Path

    @Test
    fun `a shell that throws whenever it is called does not break the app`() {
        val faults: List<() -> Nothing> = listOf(
            { error("a bug of the shell, with the holder's name in it") },
            { throw NotImplementedError("not an Exception, but an Error") },
            { throw OutOfMemoryError() },
            { throw PlatformException.NotNow() },
        )
        faults.forEachIndexed { at, fault ->
            val shell = FaultyShell(fault)
            App.open(appConfig(folder.resolve("$at")), shell, MemoryKeystore(), shell).use { app ->
                assertEquals("home", shell.drawn())
                app.dispatch(Event.Action("home", "help"))
                assertEquals("help", shell.drawn())
                app.dispatch(Event.Action("help", "call"))
                assertEquals("dial", shell.asked())
                // It does not count as drawn, so it comes again.
                assertEquals("help", shell.drawn())
                app.dispatch(Event.Back("help"))
                assertEquals("home", shell.drawn())
                app.shutdown()
            }
        }
    }

    /** Throws each time, and tells what it was called for. */
    private class FaultyShell(private val fault: () -> Nothing) : Platform, RiskSignals {
        private val pages = LinkedBlockingQueue<String>()
        private val requests = LinkedBlockingQueue<String>()

        override fun render(page: Page): Handled {
            pages += page.id
            fault()
        }

        override fun perform(request: Request): Handled {
            requests += request::class.simpleName!!.lowercase()
            fault()
        }

        override fun read(): RiskReading = fault()

        fun drawn(): String? = pages.poll(10, SECONDS)

        fun asked(): String? = requests.poll(10, SECONDS)
    }
}
