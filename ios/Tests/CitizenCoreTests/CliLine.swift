import CitizenCore
import Foundation

/// What the command line made of one drawn frame.
struct CliLine: Decodable {
    let file: String
    /// `.null` where there is no card.
    let card: JSON
    /// `.null` where there is a card.
    let hint: JSON
    /// `nil` where there is a card.
    let suggestions: Suggested?
    let corners: [[Float]]
    /// `nil` where no symbol was seen, or one was read.
    let outline: [[Float]]?

    struct Suggested: Decodable {
        let zoom: Float?
        let focus: [Float]?
        let torch: Bool
        let typeByHand: Bool

        private enum CodingKeys: String, CodingKey {
            case zoom, focus, torch
            case typeByHand = "type_by_hand"
        }

        var typed: Suggestions {
            Suggestions(zoom: zoom, focus: focus.map(point), torch: torch, typeByHand: typeByHand)
        }
    }

    var scene: String {
        String(file.dropLast(".pgm".count))
    }

    var points: [Point] {
        corners.map(point)
    }

    static func all() throws -> [CliLine] {
        let text = try Data(contentsOf: Repository.scenes.appendingPathComponent("cli.jsonl"))
        let lines = try text.split(separator: UInt8(ascii: "\n")).map { line in
            try JSONDecoder().decode(CliLine.self, from: line)
        }
        guard !lines.isEmpty else {
            throw BadInput(description: "cli.jsonl is empty")
        }
        return lines
    }
}

func point(_ coordinates: [Float]) -> Point {
    Point(x: coordinates[0], y: coordinates[1])
}
