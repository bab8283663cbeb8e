//! The soak of the vault, briefly: `cargo xtask soak vault` runs ten times as much.

use std::process::Command;

#[test]
fn a_vault_survives_kills_and_says_what_damage_did() {
    let soak = Command::new(env!("CARGO_BIN_EXE_citizen-soak"))
        .args(["vault", "--kills", "150", "--damage", "260", "--seed", "7"])
        .output()
        .unwrap();
    let report = String::from_utf8_lossy(&soak.stdout);
    assert!(soak.status.success(), "{report}\n{}", String::from_utf8_lossy(&soak.stderr));
    assert!(report.contains("acknowledged, then lost") && report.contains("damaged copies"), "{report}");
    println!("{report}");
}
