import CitizenCore
import XCTest

final class ScenesTests: XCTestCase {
    func test_every_drawn_frame_gives_what_the_command_line_gives() throws {
        for line in try CliLine.all() {
            switch try scanStill(Picture.scene(line.scene).asLuma()) {
            case .card(let reading, let corners):
                XCTAssertEqual(JSON(reading), line.card, line.scene)
                XCTAssertEqual(corners.points, line.points, line.scene)
            case .hint(let hint, let suggestions, let outline):
                XCTAssertEqual(line.card, .null, line.scene)
                XCTAssertEqual(JSON(hint), line.hint, line.scene)
                XCTAssertEqual(suggestions, line.suggestions?.typed, line.scene)
                XCTAssertEqual(outline?.points, line.outline?.map(point), line.scene)
            }
        }
    }
}
