import CitizenCore
import XCTest

final class RotationTests: XCTestCase {
    /// Pixels. The search starts from another side, so the corners differ a little.
    private let oneModule: Float = 3

    func test_each_rotation_turns_the_corners_of_the_same_buffer() throws {
        let easy = try Picture.scene("easy")
        let (width, height) = (Float(easy.width), Float(easy.height))
        let turns: [(Rotation, (Point) -> Point)] = [
            (.upright, { $0 }),
            (.clockwise, { Point(x: height - $0.y, y: $0.x) }),
            (.upsideDown, { Point(x: width - $0.x, y: height - $0.y) }),
            (.counterClockwise, { Point(x: $0.y, y: width - $0.x) }),
        ]
        let upright = try scanCard(easy.asLuma()).corners
        for (rotation, turn) in turns {
            XCTAssertEqual(try scanCard(easy.asLuma(rotation: rotation)).corners, upright.map(turn), "\(rotation)")
        }
    }

    func test_a_turned_buffer_with_its_rotation_shows_the_code_where_the_upright_one_does() throws {
        let easy = try Picture.scene("easy")
        let clockwise = easy.turnedClockwise()
        let upsideDown = clockwise.turnedClockwise()
        let counterClockwise = upsideDown.turnedClockwise()
        let turned: [(Rotation, Picture)] = [
            (.counterClockwise, clockwise), (.upsideDown, upsideDown), (.clockwise, counterClockwise),
        ]
        let upright = try scanCard(easy.asLuma()).corners
        for (rotation, picture) in turned {
            for (expected, found) in zip(upright, try scanCard(picture.asLuma(rotation: rotation)).corners) {
                XCTAssertEqual(found.x, expected.x, accuracy: oneModule, "\(rotation)")
                XCTAssertEqual(found.y, expected.y, accuracy: oneModule, "\(rotation)")
            }
        }
    }
}
