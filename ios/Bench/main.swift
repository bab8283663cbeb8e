// How long a 1280 x 720 frame takes into the core. Prints; `cargo xtask bench crossing` reads and judges the ratio.

import CitizenCore
import Dispatch
import Foundation

let size = 1280 * 720
let pixels = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
pixels.initializeMemory(as: UInt8.self, repeating: 128, count: size)
let frame = Data(bytesNoCopy: pixels, count: size, deallocator: .none)

// One crossing by reference is shorter than the clock's step: a thousand are timed at once.
let reference = median(samples: 400, of: 1000) { crossByReference(frame: frame) }
let copy = median(samples: 100, of: 1) { crossByCopy(frame: frame) }
let times = String(format: "by reference %.3f us, by copy %.2f us, ratio 1/%.0f", reference, copy, copy / reference)
print("crossing swift: \(times)")

/// Microseconds a call. The first half of the samples warms up.
func median(samples: Int, of calls: Int, call: () -> UInt64) -> Double {
    let times = (0..<samples).map { _ in
        let start = DispatchTime.now().uptimeNanoseconds
        for _ in 0..<calls {
            precondition(call() == UInt64(size))
        }
        return Double(DispatchTime.now().uptimeNanoseconds - start) / 1000 / Double(calls)
    }
    return times.dropFirst(samples / 2).sorted()[samples / 4]
}
