import CitizenCore
import Foundation

extension Rehearsal {
    /// Makes it happen, on the page that is shown.
    func happen(_ step: JourneyStep, on page: String) throws -> Shown {
        switch step.what {
        case "fields": return try enter(step.how.fields().mapValues { try $0.text() }, on: page)
        case "secrets": return try enter(step.how.fields().mapValues { try secret($0.text()) }, on: page)
        case "reply":
            let (effect, outcome) = (try step.how.field("to").text(), try step.how.field("with").written())
            return try reply(effect: effect, outcome: outcome)
        case "advance": return advance(seconds: try step.how.whole())
        case "risk": return risk(reading: try RiskReading(step.how.fields()))
        case "kill": return kill()
        default: return event(event: try Event(step, on: page))
        }
    }

    /// In the fields' order; the last answer counts.
    private func enter(_ fields: [String: String], on page: String) throws -> Shown {
        let answers = fields.sorted { $0.key < $1.key }.map { field, value in
            event(event: .field(page: page, field: field, value: value))
        }
        guard let last = answers.last else { throw BadInput(description: "no field is entered") }
        return last
    }
}

extension Event {
    fileprivate init(_ step: JourneyStep, on page: String) throws {
        let how = step.how
        switch step.what {
        case "start": self = .start(journey: try named(how, journeys))
        case "act": self = .action(page: page, action: try how.text())
        case "stale_act": self = .action(page: "gone", action: try how.text())
        case "choose":
            self = .choose(
                page: page,
                choice: try how.field("choice").text(),
                option: try how.fields()["option"]?.text() ?? "",
                chosen: try how.fields()["chosen"]?.flag() ?? true
            )
        case "code":
            let text = try secret(how.field("text").text())
            self = .code(page: page, text: text, source: try named(how.field("source"), sources))
        case "card": self = .cardRead(page: page, card: try CitizenCard(how))
        case "portrait": self = .portrait(page: page, jpeg: try picture(how.text()))
        case "hint":
            let stage = UInt8(try how.fields()["stage"]?.whole() ?? 0)
            self = .cameraHint(page: page, hint: try how.field("hint").text(), stage: stage)
        case "camera_fault": self = .cameraFault(page: page, fault: try named(how, faults))
        case "network": self = .network(online: try how.flag())
        case "visible": self = .visible(visible: try how.flag())
        case "back": self = .back(page: page)
        case "cancel": self = .cancel(page: page)
        default: throw BadInput(description: "nothing is called \(step.what)")
        }
    }
}

private let journeys: [String: Journey] = [
    "enrol": .enrol, "status": .status, "activate": .activate, "sign_in": .signIn, "recover": .recover,
    "settings": .settings,
]
private let sources: [String: CodeSource] = ["typed": .typed, "pasted": .pasted, "message": .message]
private let faults: [String: CameraFault] = ["denied": .denied, "busy": .busy, "missing": .missing]
private let signals: [String: Signal] = ["no": .no, "unknown": .unknown, "yes": .yes]

private func named<Value>(_ json: JSON, _ values: [String: Value]) throws -> Value {
    let name = try json.text()
    guard let value = values[name] else { throw BadInput(description: "none of \(values.keys) is \(name)") }
    return value
}

extension RiskReading {
    /// Signals that are not named are `no`.
    fileprivate init(_ named: [String: JSON]) throws {
        func of(_ name: String) throws -> Signal {
            try CitizenCoreTests.named(named[name] ?? .string("no"), signals)
        }
        self.init(
            call: try of("call"),
            capture: try of("capture"),
            remote: try of("remote"),
            overlay: try of("overlay"),
            accessibility: try of("accessibility"),
            debugger: try of("debugger")
        )
    }
}

extension CitizenCard {
    fileprivate init(_ json: JSON) throws {
        var oldNumber: String?
        if case .string(let text)? = try json.fields()["old_number"] { oldNumber = text }
        self.init(
            number: try json.field("number").text(),
            oldNumber: oldNumber,
            name: try json.field("name").text(),
            birthDate: try json.field("birth_date").text(),
            sex: try json.field("sex").text() == "Nam" ? .male : .female,
            address: try json.field("address").text(),
            issueDate: try json.field("issue_date").text(),
            extra: []
        )
    }
}

/// The first bytes of a JPEG file, and some more; the machine looks at no more of it.
private func picture(_ kind: String) throws -> Data {
    switch kind {
    case "jpeg": return Data([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0])
    case "not_a_jpeg": return Data("GIF89a".utf8)
    default: throw BadInput(description: "no picture is called \(kind)")
    }
}
