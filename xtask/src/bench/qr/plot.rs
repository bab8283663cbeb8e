//! The share of each set that each decoder reads.

use super::Report;
use super::decoder::Decoder;
use crate::bench::chart::{self, Bar, Chart, Panel};

pub(super) fn svg(report: &Report<'_>) -> String {
    // A burst counts once.
    let groups: Vec<_> = report.groups.iter().filter(|group| group.name != super::score::BURST_FRAMES).collect();
    let panel = |(number, decoder): (usize, Decoder)| Panel {
        name: decoder.name(),
        version: report.versions.iter().find(|(of, _)| *of == decoder).map(|(_, version)| version.clone()),
        is_ours: decoder.is_ours(),
        bars: groups
            .iter()
            .map(|group| &group.scores[number])
            .map(|score| Bar { right: score.right, wrong: (score.wrong, "wrong") })
            .collect(),
    };
    chart::svg(&Chart {
        title: "QR codes read, by set",
        summary: "QR codes read by each decoder, by set",
        corpus: format!("{} pictures of {}", report.pictures.len(), report.corpus),
        legend: ["read by this project", "read by a peer", "not read"],
        sets: groups.iter().map(|group| (group.name.clone(), group.of)).collect(),
        panels: Decoder::ALL.into_iter().enumerate().map(panel).collect(),
    })
}
