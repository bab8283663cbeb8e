import CitizenCore
import XCTest

extension JourneyStep {
    /// What must be so; what is not named may be anything.
    func check(_ shown: Shown, _ place: String) throws {
        let page = shown.page
        XCTAssertEqual(shown.refused, try expect["refused"]?.flag() ?? false, "\(place): refused")
        if let id = try expect["page"]?.text() { XCTAssertEqual(page.id, id, place) }
        // Names of all effects, in order.
        if let effects = try expect["effects"]?.texts() { XCTAssertEqual(shown.effects, effects, place) }
        // Ids of messages that are on the page, among others.
        let said = page.said.map(\.id)
        for id in try expect["says"]?.texts() ?? [] {
            XCTAssertTrue(said.contains(id), "\(place): says \(id); it says \(said)")
        }
        // Ids of all actions that can be tapped.
        if let actions = try expect["actions"]?.texts() {
            XCTAssertEqual(page.actions.filter(\.enabled).map(\.id), actions, place)
        }
        if let code = try expect["code"]?.text() { XCTAssertEqual(page.supportCode, code, place) }
        // Values of fields that are prefilled.
        for (id, value) in try expect["values"]?.fields() ?? [:] {
            XCTAssertEqual(page.fields.first { $0.id == id }?.value, try value.text(), "\(place): \(id)")
        }
    }
}

extension Page {
    var fields: [Field] {
        parts.compactMap { part in
            if case .field(let field) = part { return field }
            return nil
        }
    }

    /// On what stops somebody.
    var supportCode: String? {
        for case .notice(_, _, let code?) in parts { return code }
        return nil
    }

    /// Everything that it says, in its order.
    var said: [Said] {
        [title] + parts.flatMap(\.said)
    }
}

extension Part {
    fileprivate var said: [Said] {
        switch self {
        case .paragraph(let said), .notice(_, let said, _), .progress(let said, _): return [said]
        case .field(let field): return [field.label, field.hint, field.error].compactMap { $0 }
        case .choice(let choice): return [choice.label, choice.error].compactMap { $0 } + choice.options.map(\.label)
        case .codeEntry(let entry): return [entry.error].compactMap { $0 }
        case .camera(_, let hint, _, _): return [hint].compactMap { $0 }
        case .timeline(let entries): return entries.flatMap { [$0.label, $0.detail].compactMap { $0 } }
        case .document(let title, let rows): return [title] + rows.flatMap(\.said)
        case .rows(let rows): return rows.flatMap(\.said)
        case .countdown(let wait): return [wait.label]
        case .consent(let entry): return [entry.title] + entry.facts
        }
    }
}

extension CardRow {
    fileprivate var said: [Said] {
        [label, note].compactMap { $0 }
    }
}
