import CitizenCore
import Foundation

/// Somebody before the screen, who does what each page asks for and taps its first button.
final class Holder {
    /// Words that were read: titles and texts.
    private(set) var read: [String] = []
    private let citizen: Citizen
    private let sandbox: Sandbox

    private typealias Deed = (name: String, events: () throws -> [Event])

    init(_ citizen: Citizen, at sandbox: Sandbox) {
        (self.citizen, self.sandbox) = (citizen, sandbox)
    }

    /// Goes on until a page is drawn; the ids of all pages up to it as they change.
    func walk(_ app: App, _ screen: Screen, until last: String) throws -> [String] {
        var ids: [String] = []
        var done: Set<String> = []
        while let page = screen.next() {
            if page.id != ids.last {
                ids.append(page.id)
                done = []
            }
            read += page.said.map(\.text)
            if let code = page.supportCode {
                throw BadInput(description: "\(page.id) stops with \(code), after \(ids); \(app.trace())")
            }
            if page.id == last { return ids }
            if let deed = deeds(page).first(where: { done.insert($0.name).inserted }) {
                try deed.events().forEach(app.dispatch)
            }
        }
        throw BadInput(description: "no page after \(ids); \(app.trace())")
    }

    /// What can be done, in this order; each once a page.
    private func deeds(_ page: Page) -> [Deed] {
        let deeds = page.parts.compactMap { deed(page.id, $0) }
        guard let first = page.actions.first(where: { $0.role == .primary && $0.enabled }) else { return deeds }
        // In one go: a secret that is typed changes nothing on the page.
        let tap = { try page.fields.map { try self.type(page.id, $0) } + [.action(page: page.id, action: first.id)] }
        return deeds + [(first.id, tap)]
    }

    private func deed(_ page: String, _ part: Part) -> Deed? {
        switch part {
        case .consent(let entry) where entry.isRequired && !entry.chosen:
            return (entry.id, { [.choose(page: page, choice: entry.id, option: "", chosen: true)] })
        case .codeEntry:
            let message = { try self.sandbox.message(to: self.citizen.phone) }
            return ("code", { [.code(page: page, text: try message(), source: .message)] })
        case .camera(.card, _, _, _):
            return ("card", { [.cardRead(page: page, card: try self.citizen.card())] })
        case .camera(.selfie, _, _, _):
            return ("portrait", { [.portrait(page: page, jpeg: try self.citizen.portrait())] })
        default: return nil
        }
    }

    private func type(_ page: String, _ field: Field) throws -> Event {
        let value: String
        switch field.kind {
        case .idNumber: value = citizen.number
        case .phone: value = citizen.phone
        case .email: value = citizen.email
        case .currentPassword, .newPassword: value = citizen.password
        default: throw BadInput(description: "nobody asks for \(field.id) here")
        }
        return .field(page: page, field: field.id, value: value)
    }
}
