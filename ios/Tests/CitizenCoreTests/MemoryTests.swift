import CitizenCore
import XCTest

final class MemoryTests: XCTestCase {
    func test_a_slice_with_padded_rows_gives_the_same_card_at_the_same_place() throws {
        let easy = try Picture.scene("easy")
        XCTAssertEqual(try scan(easy.asPaddedLuma(start: 37, padding: 64)), try expected())
    }

    func test_memory_of_the_camera_reads_as_it_is() throws {
        let easy = try Picture.scene("easy")
        var camera = easy.luma
        let scan = try camera.withUnsafeMutableBytes { memory in
            let address = try XCTUnwrap(memory.baseAddress)
            let borrowed = Data(bytesNoCopy: address, count: memory.count, deallocator: .none)
            return try CitizenCoreTests.scan(CameraFrame(bytes: borrowed, layout: easy.asLuma().layout))
        }
        XCTAssertEqual(scan, try expected())
    }

    func test_every_format_in_one_buffer_gives_the_same_card_at_the_same_place() throws {
        let easy = try Picture.scene("easy")
        let expected = try expected()
        for format in [PixelFormat.nv21, .nv12, .i420, .bgra, .rgba] {
            XCTAssertEqual(try scanBuffer(easy.asOneBuffer(format), format), expected, "\(format)")
        }
    }

    func test_a_picture_by_itself_is_the_same_in_every_format() throws {
        let easy = try Picture.scene("easy")
        let expected = try scanStill(easy.asLuma())
        guard case .card = expected else { return XCTFail("no card in the picture") }
        for format in [PixelFormat.nv21, .nv12, .i420, .bgra, .rgba] {
            XCTAssertEqual(try scanStillBuffer(easy.asOneBuffer(format), format), expected, "\(format)")
        }
    }

    private func expected() throws -> Scan {
        let scan = try scan(Picture.scene("easy").asLuma())
        guard case .card = scan else { throw BadInput(description: "no card in the frame") }
        return scan
    }
}
