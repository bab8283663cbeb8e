import CitizenCore
import XCTest

final class ScanTests: XCTestCase {
    func test_a_frame_gives_the_typed_card() throws {
        let line = try XCTUnwrap(CliLine.all().first { $0.scene == "easy" })
        guard case .object(let said) = line.card else { return XCTFail("the command line reads no card") }
        let reading = try scanCard(Picture.scene("easy").asLuma()).reading
        let card = reading.card

        XCTAssertEqual(said["number"], .string(card.number))
        XCTAssertEqual(said["old_number"], card.oldNumber.map(JSON.string) ?? .null)
        XCTAssertEqual(said["name"], .string(card.name))
        XCTAssertEqual(said["birth_date"], .string(card.birthDate))
        XCTAssertEqual(said["sex"], .string(card.sex == .male ? "male" : "female"))
        XCTAssertEqual(said["address"], .string(card.address))
        XCTAssertEqual(said["issue_date"], .string(card.issueDate))
        XCTAssertEqual(said["extra"], .array(card.extra.map(JSON.string)))
        XCTAssertEqual(reading.findings, [.unknownProvince(code: "000")])
    }

    func test_a_frame_that_is_easy_gives_the_same_card_as_the_first_of_a_stream_and_by_itself() throws {
        let easy = try Picture.scene("easy").asLuma()
        guard case .card(let reading, _) = try scanStill(easy) else { return XCTFail("no card in the picture") }
        XCTAssertEqual(reading, try scanCard(easy).reading)
    }

    func test_nothing_of_a_card_shows_when_it_is_printed() throws {
        let scan = try scan(Picture.scene("easy").asLuma())
        guard case .card(let reading, _) = scan else { return XCTFail("no card in the frame") }
        let shown = "\(scan) \(reading) \(reading.card) \(String(reflecting: scan))"
        for secret in [reading.card.number, reading.card.name, reading.card.birthDate, reading.card.address] {
            XCTAssertFalse(shown.contains(secret))
        }
    }

    func test_a_frame_without_a_code_gives_the_typed_hint() throws {
        let suggestions = Suggestions(zoom: nil, focus: nil, torch: false, typeByHand: false)
        let nothing = Scan.hint(hint: .nothingFound, suggestions: suggestions, outline: nil)
        let grey = Picture.grey(width: 640, height: 480).asLuma()
        XCTAssertEqual(try scan(grey), nothing)
        XCTAssertEqual(try scanStill(grey), nothing)
    }
}
