import CitizenCore
import XCTest

/// After every date on the drawn cards.
let today = "2026-11-22"

/// The first frame of a stream.
func scan(_ frame: CameraFrame) throws -> Scan {
    try CardScanner(today: today).scan(y: frame.bytes, layout: frame.layout)
}

/// A picture by itself.
func scanStill(_ frame: CameraFrame) throws -> Scan {
    try CardScanner(today: today).scanStill(y: frame.bytes, layout: frame.layout)
}

func scanBuffer(_ frame: CameraFrame, _ format: PixelFormat) throws -> Scan {
    try CardScanner(today: today).scanBuffer(pixels: frame.bytes, format: format, layout: frame.layout)
}

func scanStillBuffer(_ frame: CameraFrame, _ format: PixelFormat) throws -> Scan {
    try CardScanner(today: today).scanStillBuffer(pixels: frame.bytes, format: format, layout: frame.layout)
}

/// The card in a frame and the corners of its code, or a failed test.
func scanCard(_ frame: CameraFrame) throws -> (reading: CardReading, corners: [Point]) {
    guard case .card(let reading, let corners) = try scan(frame) else {
        throw BadInput(description: "no card in the frame")
    }
    return (reading, corners.points)
}

extension Corners {
    var points: [Point] {
        [topLeft, topRight, bottomRight, bottomLeft]
    }
}
