package vn.citizen.core

import java.util.Locale
import kotlin.time.DurationUnit.MICROSECONDS
import kotlin.time.measureTime
import org.junit.jupiter.api.Tag
import org.junit.jupiter.api.Test
import vn.citizen.core.vision.crossByCopy
import vn.citizen.core.vision.crossByReference

/** How long a 1280 x 720 frame takes into the core. Prints; `cargo xtask bench crossing` reads and judges the ratio. */
@Tag("bench")
class CrossingBenchTest {
    @Test
    fun `a frame crosses by reference and by copy`() {
        val frame = Picture.grey(1280, 720)
        val direct = direct(frame.luma)
        val reference = median(calls = 20_000) { crossByReference(direct) }
        val copy = median(calls = 500) { crossByCopy(frame.luma) }
        println(
            "crossing kotlin: by reference %.2f us, by copy %.2f us, ratio 1/%.0f"
                .format(Locale.ROOT, reference, copy, copy / reference),
        )
    }

    /** Of the second half of the calls: the first one warms up. Microseconds. */
    private fun median(calls: Int, call: () -> ULong): Double {
        val times = List(calls) { measureTime { call() } }
        return times.drop(calls / 2).sorted()[calls / 4].toDouble(MICROSECONDS)
    }
}
