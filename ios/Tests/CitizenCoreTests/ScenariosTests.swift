import CitizenCore
import XCTest

final class ScenariosTests: XCTestCase {
    func test_every_scenario_runs_as_written() throws {
        for (file, scenario) in try Scenario.all() {
            let stage = try Stage(scenario)
            for (number, step) in zip(1..., scenario.steps) {
                let place = "\(file) (\(scenario.title)), step \(number)"
                do {
                    for answer in try stage.show(step) {
                        let found = answer.filter { step.expect.keys.contains($0.key) }
                        XCTAssertEqual(found, step.expect, place)
                    }
                } catch {
                    XCTFail("\(place): \(error)")
                }
            }
        }
    }
}

/// What plays along through a scenario.
private struct Stage {
    private let scanner: CardScanner?
    private let selfie: SelfieSession
    private let phone: PhoneStorage

    init(_ scenario: Scenario) throws {
        scanner = try scenario.today.map { try CardScanner(today: $0) }
        selfie = SelfieSession(profile: try scenario.selfieProfile(), comeCloser: scenario.comeCloser ?? false)
        phone = try PhoneStorage()
    }

    func show(_ step: Scenario.Step) throws -> [[String: JSON]] {
        if let frame = step.frame { return [json(try still(frame.load()))] }
        if let burst = step.stills { return try burst.load().map { json(try still($0)) } }
        if let burst = step.stream { return [json(try untilCard(burst.load()))] }
        if let frames = step.selfie { return [try selfie.stream(frames)] }
        if let frame = step.selfieStill { return [try selfie.still(frame.load())] }
        if step.takeNow != nil { return [selfie.takeNow()] }
        if let opening = step.openStorage { return [try phone.openStorage(opening)] }
        if step.tellLosses != nil { return [try phone.tellLosses()] }
        throw BadInput(description: "a step shows nothing")
    }

    private func still(_ frame: CameraFrame) throws -> Scan {
        try cards().scanStill(y: frame.bytes, layout: frame.layout)
    }

    private func untilCard(_ frames: [CameraFrame]) throws -> Scan {
        for frame in frames.dropLast() {
            let scan = try cards().scan(y: frame.bytes, layout: frame.layout)
            if case .card = scan { return scan }
        }
        let last = try XCTUnwrap(frames.last)
        return try cards().scan(y: last.bytes, layout: last.layout)
    }

    private func cards() throws -> CardScanner {
        try XCTUnwrap(scanner, "a scenario with cards has a day")
    }

    private func json(_ scan: Scan) -> [String: JSON] {
        switch scan {
        case .card(let reading, _):
            return ["card": JSON(reading)]
        case .hint(let hint, let suggestions, _):
            return ["card": .null, "hint": JSON(hint), "suggest": JSON(suggestions)]
        }
    }
}
