import CitizenCore
import XCTest

final class SelfieTests: XCTestCase {
    func test_the_portrait_is_a_jpeg_without_metadata() throws {
        let jpeg = [UInt8](try accepted(try clean()).jpeg)
        XCTAssertEqual(jpeg.prefix(2), [0xff, 0xd8])
        XCTAssertEqual(jpeg.suffix(2), [0xff, 0xd9])
        // APP1 and beyond: Exif, XMP, a colour profile, a maker's notes.
        XCTAssertFalse(zip(jpeg, jpeg.dropFirst()).contains { $0 == 0xff && (0xe1...0xef).contains($1) })
    }

    func test_the_overlays_shapes_lie_in_the_frame() throws {
        let frame = try clean()
        guard case .guide(let guidance) = try see(frame, with: guide()) else { return XCTFail("taken at once") }
        let face = try XCTUnwrap(guidance.face)
        let (width, height) = (Float(frame.layout.width), Float(frame.layout.height))
        XCTAssertTrue(face.x > 0 && face.y > 0 && face.x + face.width < width && face.y + face.height < height)
        XCTAssertTrue(guidance.oval.width < width && guidance.oval.height < height)
        XCTAssertTrue((0...1).contains(guidance.progress))
    }

    func test_what_a_phones_own_detection_sees_sharpens_the_pose() throws {
        let eyes = FaceLandmarks(leftEye: Point(x: 167, y: 250), rightEye: Point(x: 271, y: 292))
        XCTAssertEqual(try steadyHint(nil), .good)
        XCTAssertEqual(try steadyHint(eyes), .straighten)
    }

    func test_landmarks_of_no_sense_change_nothing() throws {
        for value in [Float.nan, .infinity, -.greatestFiniteMagnitude, 0] {
            let point = Point(x: value, y: value)
            let landmarks = FaceLandmarks(
                leftEye: point, rightEye: point, mouth: point, nose: point, eyeOpening: value
            )
            XCTAssertEqual(try steadyHint(landmarks), .good, "\(value)")
        }
    }

    func test_luma_alone_is_enough() throws {
        XCTAssertGreaterThan(try accepted(try clean().withoutColour).width, 0)
    }

    func test_a_frame_that_is_none_is_refused() throws {
        let (guide, frame) = (guide(), try clean())
        let short = ColourFrame(y: frame.y, u: Data([0]), v: frame.v, layout: frame.layout)
        XCTAssertThrowsError(try see(short, with: guide)) { error in
            guard case .TooShort(plane: .chromaU, _, _)? = error as? FrameError else { return XCTFail("\(error)") }
        }
        XCTAssertThrowsError(
            try guide.observeBuffer(pixels: frame.y, format: .bgra, layout: frame.layout, landmarks: nil, nowMs: 0)
        ) { XCTAssertTrue($0 is FrameError) }
        XCTAssertThrowsError(try guide.acceptStillBuffer(pixels: frame.y, format: .rgba, layout: frame.layout)) {
            XCTAssertTrue($0 is FrameError)
        }
        XCTAssertNil(guide.takeNow())
    }

    func test_no_layout_and_no_clock_escapes_as_an_untyped_error() throws {
        let (guide, bytes) = (guide(), Data(count: 64 * 48))
        let sides: [UInt32] = [0, 1, 2, 3, 64, 16_384, .max]
        let strides: [UInt32] = [0, 1, 64, .max]
        for (width, height, stride) in sides.flatMap({ w in sides.flatMap { h in strides.map { (w, h, $0) } } }) {
            let layout = FrameLayout(
                width: width, height: height, rowStride: stride, chromaRowStride: stride, chromaPixelStride: 1,
                rotation: .clockwise, mirrored: true
            )
            for now in [UInt64.max, 0] {
                let frame = ColourFrame(y: bytes, u: bytes, v: bytes, layout: layout)
                try typed { _ = try see(frame, with: guide, nowMs: now) }
                try typed { _ = try guide.acceptStill(y: bytes, u: bytes, v: bytes, layout: layout) }
            }
        }
    }

    func test_begun_anew_it_has_forgotten() throws {
        let (guide, frame) = (guide(), try clean())
        _ = try see(frame, with: guide)
        guide.restart()
        XCTAssertNil(guide.takeNow())
        _ = try see(frame, with: guide)
        XCTAssertNotNil(guide.takeNow())
    }

    private func clean() throws -> ColourFrame {
        try ColourFrame.held("clean")[0]
    }

    private func guide() -> SelfieGuide {
        SelfieGuide(profile: .normal, comeCloser: false)
    }

    private func see(
        _ frame: ColourFrame, with guide: SelfieGuide, landmarks: FaceLandmarks? = nil, nowMs: UInt64 = 0
    ) throws -> Selfie {
        try guide.observe(
            y: frame.y, u: frame.u, v: frame.v, layout: frame.layout, landmarks: landmarks, nowMs: nowMs
        )
    }

    private func accepted(_ frame: ColourFrame) throws -> Portrait {
        let still = try guide().acceptStill(y: frame.y, u: frame.u, v: frame.v, layout: frame.layout)
        guard case .accepted(let portrait) = still else { throw BadInput(description: "\(still)") }
        return portrait
    }

    /// After half a second.
    private func steadyHint(_ landmarks: FaceLandmarks?) throws -> SelfieHint {
        let guide = guide()
        let selfies = try (0..<5).map { try see(clean(), with: guide, landmarks: landmarks, nowMs: $0 * 100) }
        guard case .guide(let guidance)? = selfies.last else { throw BadInput(description: "taken too soon") }
        return guidance.hint
    }

    private func typed(_ look: () throws -> Void) throws {
        do {
            try look()
        } catch is FrameError {
        }
    }
}
