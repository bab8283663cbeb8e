package vn.citizen.core.app

import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit.SECONDS
import vn.citizen.core.journeys.Page
import vn.citizen.core.journeys.Request
import vn.citizen.core.journeys.RiskReading
import vn.citizen.core.journeys.Signal

/** How long a page may take. */
private const val PAGE_S = 20L

/** A screen that keeps pages until somebody looks. */
internal class Screen : Platform {
    private val pages = LinkedBlockingQueue<Page>()

    override fun render(page: Page): Handled {
        pages += page
        return Handled.DONE
    }

    override fun perform(request: Request) = Handled.DONE

    /** The next page that is drawn; `null` where none comes. */
    fun next(): Page? = pages.poll(PAGE_S, SECONDS)
}

/** Nothing to fear. */
internal object Quiet : RiskSignals {
    override fun read() = RiskReading(
        call = Signal.NO,
        capture = Signal.NO,
        remote = Signal.NO,
        overlay = Signal.NO,
        accessibility = Signal.NO,
        debugger = Signal.NO,
    )
}
