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

    func test_nothing_of_a_card_shows_when_it_is_printed() throws {
        let scan = try scan(Picture.scene("easy").asLuma())
        guard case .card(let reading, _) = scan else { return XCTFail("no card in the frame") }
        let shown = "\(scan) \(reading) \(reading.card) \(String(reflecting: scan))"
        for secret in [reading.card.number, reading.card.name, reading.card.birthDate, reading.card.address] {
            XCTAssertFalse(shown.contains(secret))
        }
    }

    func test_a_frame_without_a_code_gives_the_typed_hint() throws {
        XCTAssertEqual(try scan(Picture.grey(width: 640, height: 480).asLuma()), .hint(hint: .nothingFound))
    }
}
