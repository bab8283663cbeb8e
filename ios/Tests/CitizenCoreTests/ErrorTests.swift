import CitizenCore
import XCTest

final class ErrorTests: XCTestCase {
    private let bytes = Data(count: 64 * 48)

    func test_a_side_of_nothing_or_of_too_much_is_refused_with_both_sides() throws {
        let sizes: [(UInt32, UInt32)] = [(0, 48), (64, 0), (16_385, 48), (64, .max)]
        for (width, height) in sizes {
            try assertRefused(layout(width: width, height: height), as: .Size(width: width, height: height))
        }
    }

    func test_rows_that_overlap_are_refused_with_the_stride_they_need() throws {
        try assertRefused(layout(rowStride: 63), as: .Stride(plane: .luma, found: 63, needed: 64))
    }

    func test_packed_rows_that_overlap_are_refused_with_the_stride_they_need() throws {
        let scanner = try CardScanner(today: today)
        assertError(.Stride(plane: .packed, found: 64, needed: 256)) {
            try scanner.scanBuffer(pixels: bytes, format: .bgra, layout: layout())
        }
    }

    func test_a_buffer_that_ends_too_soon_is_refused_with_the_bytes_it_lacks() throws {
        for size in [0, 1, 64 * 48 - 1] {
            let error = FrameError.TooShort(plane: .luma, found: UInt64(size), needed: 64 * 48)
            try assertRefused(layout(), bytes: Data(count: size), as: error)
        }
    }

    func test_chroma_that_ends_too_soon_is_refused_with_the_bytes_it_lacks() throws {
        let scanner = try CardScanner(today: today)
        let colour = layout(chromaRowStride: 64, chromaPixelStride: 2)
        let needed: UInt64 = 23 * 64 + 63
        assertError(.TooShort(plane: .chromaU, found: 0, needed: needed)) {
            try scanner.scanBuffer(pixels: bytes, format: .nv12, layout: colour)
        }
    }

    func test_no_layout_escapes_as_an_untyped_error() throws {
        let scanner = try CardScanner(today: today)
        for layout in everyKindOfLayout() {
            try typed { try scanner.scan(y: bytes, layout: layout) }
            try typed { try scanner.scanStill(y: bytes, layout: layout) }
            for format in [PixelFormat.nv21, .nv12, .i420, .bgra, .rgba] {
                try typed { try scanner.scanBuffer(pixels: bytes, format: format, layout: layout) }
                try typed { try scanner.scanStillBuffer(pixels: bytes, format: format, layout: layout) }
            }
        }
    }

    func test_a_text_that_is_no_day_gives_no_scanner() {
        for text in ["", "22/11/2026", "2026-02-30", "1899-12-31", "2400-01-01", "2026-11-22T00:00", "\u{0}"] {
            XCTAssertThrowsError(try CardScanner(today: text), text) { XCTAssertEqual($0 as? ScannerError, .NotADay) }
        }
    }

    private func layout(
        width: UInt32 = 64, height: UInt32 = 48, rowStride: UInt32 = 64,
        chromaRowStride: UInt32 = 0, chromaPixelStride: UInt32 = 0
    ) -> FrameLayout {
        FrameLayout(
            width: width, height: height, rowStride: rowStride,
            chromaRowStride: chromaRowStride, chromaPixelStride: chromaPixelStride,
            rotation: .clockwise, mirrored: true
        )
    }

    private func everyKindOfLayout() -> [FrameLayout] {
        let sides: [UInt32] = [0, 1, 2, 3, 64, 16_384, .max]
        let strides: [UInt32] = [0, 1, 64, .max]
        return sides.flatMap { width in
            sides.flatMap { height in
                strides.flatMap { row in
                    strides.flatMap { chroma in
                        strides.map { pixel in
                            layout(
                                width: width, height: height, rowStride: row,
                                chromaRowStride: chroma, chromaPixelStride: pixel
                            )
                        }
                    }
                }
            }
        }
    }

    private func typed(_ scan: () throws -> Scan) throws {
        do {
            _ = try scan()
        } catch is FrameError {
        }
    }

    private func assertRefused(_ layout: FrameLayout, bytes: Data? = nil, as expected: FrameError) throws {
        let scanner = try CardScanner(today: today)
        assertError(expected) { try scanner.scan(y: bytes ?? self.bytes, layout: layout) }
    }

    private func assertError(_ expected: FrameError, _ scan: () throws -> Scan) {
        XCTAssertThrowsError(try scan()) { XCTAssertEqual($0 as? FrameError, expected) }
    }
}
