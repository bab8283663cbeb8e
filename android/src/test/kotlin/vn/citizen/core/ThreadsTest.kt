package vn.citizen.core

import java.util.concurrent.Callable
import java.util.concurrent.Executors
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import vn.citizen.core.vision.CardScanner

class ThreadsTest {
    @Test
    fun `one scanner serves four threads at once`() {
        val frames = listOf(Picture.scene("easy"), Picture.grey(640, 480)).map { it.asLuma() }
        val alone = frames.map(::scan)
        val threads = Executors.newFixedThreadPool(4)
        CardScanner(TODAY).use { scanner ->
            val alternating = Callable { List(8) { frames[it % 2] }.map { scanner.scan(it.bytes, it.layout) } }
            for (scans in threads.invokeAll(List(4) { alternating })) {
                assertEquals(List(8) { alone[it % 2] }, scans.get())
            }
        }
        threads.shutdown()
    }
}
