//! The whole run as JSON.

use serde_json::{Value, json};

use super::Report;
use super::decoder::Decoder;
use super::score::{Group, Score};

pub(super) fn json(report: &Report<'_>) -> String {
    let versions = report.versions.iter().map(|(decoder, version)| (decoder.name().to_owned(), json!(version)));
    let rows = report.looks.iter().map(|look| {
        let picture = &report.pictures[look.picture];
        json!({
            "file": picture.file, "set": picture.set, "begins": picture.begins, "decoder": look.decoder.name(),
            "width": look.size.0, "height": look.size.1, "ms": look.ms, "right": look.right, "wrong": look.wrong,
            "timed_out": look.timed_out, "died": look.died,
        })
    });
    let measures = report.measures.iter().map(|measure| {
        json!({
            "name": measure.name, "ours_ms": measure.ours, "zxing_cpp_ms": measure.theirs,
            "ratio": measure.ratio(), "limit": measure.limit,
        })
    });
    let all = json!({
        "corpus": report.corpus,
        "pictures": report.pictures.len(),
        "versions": versions.collect::<serde_json::Map<_, _>>(),
        "groups": report.groups.iter().map(group).collect::<Vec<_>>(),
        "measures": measures.collect::<Vec<_>>(),
        "rows": rows.collect::<Vec<_>>(),
    });
    format!("{all:#}\n")
}

fn group(group: &Group) -> Value {
    let scores = Decoder::ALL.iter().zip(&group.scores);
    let scores = scores.map(|(decoder, score)| (decoder.name().to_owned(), self::score(score)));
    json!({ "name": group.name, "of": group.of, "scores": scores.collect::<serde_json::Map<_, _>>() })
}

fn score(score: &Score) -> Value {
    let ms = score.ms.map(|ms| json!({ "median": ms.median, "p95": ms.p95, "max": ms.max }));
    json!({
        "right": score.right, "wrong": score.wrong, "timed_out": score.timed_out, "died": score.died, "ms": ms,
    })
}
