use citizen_protocol::wire::UnixTime;

use super::{Gate, Guarded, RiskReading, Signal, Verdict, gate};
use crate::support::Stop;

const LEVELS: [Signal; 3] = [Signal::No, Signal::Unknown, Signal::Yes];
const ACTIONS: [Guarded; 5] =
    [Guarded::Transfer, Guarded::OtpEntry, Guarded::Activation, Guarded::ContactChange, Guarded::Share];

/// The table of the security design, section 6, as it is written there: a line a signal, a column an action.
const TABLE: &str = "
    call          | wait   | wait   | wait   | wait   | warn
    capture       | refuse | warn   | warn   | refuse | refuse
    remote        | refuse | refuse | refuse | refuse | refuse
    overlay       | wait   | wait   | wait   | wait   | wait
    accessibility | warn   | warn   | warn   | warn   | warn
    debugger      | debug  | debug  | debug  | debug  | debug
";

/// Its lines, in order.
fn table(is_production: bool) -> Vec<Vec<Verdict>> {
    let verdict = |cell: &str| match cell.trim() {
        "wait" => Verdict::Wait,
        "refuse" => Verdict::Refuse,
        "debug" if is_production => Verdict::Refuse,
        "warn" | "debug" => Verdict::Warn,
        other => panic!("{other}"),
    };
    TABLE.trim().lines().map(|line| line.split('|').skip(1).map(verdict).collect()).collect()
}

/// All readings, each as its six signals in the table's order.
fn readings() -> impl Iterator<Item = [Signal; 6]> {
    (0..3_usize.pow(6)).map(|n| std::array::from_fn(|place| LEVELS[n / 3_usize.pow(place as u32) % 3]))
}

fn reading([call, capture, remote, overlay, accessibility, debugger]: [Signal; 6]) -> RiskReading {
    RiskReading { call, capture, remote, overlay, accessibility, debugger }
}

/// What the table says: the worst line whose signal is there.
fn golden(table: &[Vec<Verdict>], signals: [Signal; 6], action: usize) -> Verdict {
    let there = signals.iter().zip(table).filter(|(signal, _)| **signal == Signal::Yes);
    there.map(|(_, line)| line[action]).max().unwrap_or(Verdict::Allow)
}

#[test]
fn every_reading_has_the_verdict_of_the_golden_table() {
    let mut count = 0;
    for is_production in [true, false] {
        let table = table(is_production);
        assert!(table.len() == 6 && table.iter().all(|line| line.len() == 5));
        for signals in readings() {
            for (place, action) in ACTIONS.into_iter().enumerate() {
                let (reading, wanted) = (reading(signals), golden(&table, signals, place));
                assert_eq!(action.verdict(&reading, is_production), wanted, "{action:?} {reading:?} {is_production}");
                // What stands before the page says the same.
                let gate = gate(action, reading, is_production, None, &[]);
                assert_eq!(gate.map_or(Verdict::Allow, |gate| gate.verdict), wanted, "{action:?} {reading:?}");
                count += 1;
            }
        }
    }
    assert_eq!(count, 3_usize.pow(6) * 5 * 2);
    println!("{count} combinations of signals, action and build, each as in the table");
}

#[test]
fn what_the_phone_can_not_tell_never_waits_and_never_refuses() {
    for signals in readings().filter(|signals| signals.iter().all(|signal| *signal != Signal::Yes)) {
        for action in ACTIONS {
            assert_eq!(action.verdict(&reading(signals), true), Verdict::Allow, "{action:?} {signals:?}");
        }
    }
}

#[test]
fn no_action_becomes_easier_as_a_signal_gets_worse() {
    let mut count = 0;
    for is_production in [true, false] {
        for signals in readings() {
            for place in 0..signals.len() {
                for worse in LEVELS.into_iter().filter(|level| *level > signals[place]) {
                    let mut worsened = signals;
                    worsened[place] = worse;
                    for action in ACTIONS {
                        let [before, after] = [signals, worsened].map(|s| action.verdict(&reading(s), is_production));
                        assert!(after >= before, "{action:?}: {signals:?} {before:?}, {worsened:?} {after:?}");
                        count += 1;
                    }
                }
            }
        }
    }
    println!("{count} pairs of a reading and a worse one, none easier");
}

#[test]
fn the_verdicts_are_in_the_order_of_worse() {
    let order = [Verdict::Allow, Verdict::Warn, Verdict::Wait, Verdict::Refuse];
    assert!(order.is_sorted() && LEVELS.is_sorted());
}

#[test]
fn after_a_call_it_waits_on_and_says_how_long() {
    let ends = UnixTime(1_000);
    for action in [Guarded::Transfer, Guarded::OtpEntry, Guarded::Activation, Guarded::ContactChange] {
        let wanted = Gate { verdict: Verdict::Wait, stop: Stop::RiskCall, until: Some(ends) };
        assert_eq!(gate(action, RiskReading::default(), true, Some(ends), &[]), Some(wanted), "{action:?}");
    }
}

#[test]
fn a_warning_that_was_read_lets_go_on_and_anything_worse_does_not() {
    let warned = RiskReading { accessibility: Signal::Yes, ..RiskReading::default() };
    let understood = [Stop::RiskAccessibility];
    assert!(gate(Guarded::OtpEntry, warned, true, None, &[]).is_some());
    assert_eq!(gate(Guarded::OtpEntry, warned, true, None, &understood), None);
    let worse = RiskReading { overlay: Signal::Yes, ..warned };
    let gate = gate(Guarded::OtpEntry, worse, true, None, &[Stop::RiskAccessibility, Stop::RiskOverlay]);
    assert_eq!(gate.map(|gate| (gate.verdict, gate.stop)), Some((Verdict::Wait, Stop::RiskOverlay)));
}
