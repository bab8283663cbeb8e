//! The report: each view as a phone shows it, beside it what happened. One file, nothing fetched, no script.

mod escaped;
mod parts;

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use citizen_journeys::CameraKind;

use super::ending::Ending;
use super::log::{Happened, Log, View};
use super::words::Language;
use escaped::escaped;

const STYLE: &str = include_str!("report/style.css");

/// What the report is about, beside the views.
pub(super) struct Subject<'a> {
    pub(super) language: Language,
    /// The printed card, JPEG.
    pub(super) card: &'a [u8],
    /// The holder's name.
    pub(super) name: &'a str,
    pub(super) ending: &'a Ending,
}

/// Writes `report.html` and its pictures into a folder.
pub(super) fn save(log: &Log, subject: &Subject<'_>, folder: &Path) -> Result<()> {
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).with_context(|| format!("can't write {}", path.display()))
    };
    std::fs::create_dir_all(folder).with_context(|| format!("can't make {}", folder.display()))?;
    write("card.jpg", subject.card)?;
    let pictures = log.views.iter().flat_map(|view| &view.happened).filter_map(|happened| match happened {
        Happened::Saw { jpeg, .. } => Some(jpeg),
        _ => None,
    });
    for (number, jpeg) in (1..).zip(pictures) {
        write(&format!("seen-{number:02}.jpg"), jpeg)?;
    }
    write("report.html", html(log, subject).as_bytes())
}

fn html(log: &Log, subject: &Subject<'_>) -> String {
    let Subject { language, card, name, ending } = subject;
    let title = language.of("Từ tấm thẻ đến tài khoản", "From a card to an account");
    let invented = language.of(
        "Mọi dữ liệu cá nhân ở đây là bịa đặt: tên, số, địa chỉ, thẻ mẫu. Dịch vụ chạy trên chính máy tính này.",
        "All personal data here is invented: names, numbers, addresses, the specimen card. The service ran on this very computer.",
    );
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n<p>{}</p>\n<p class=\"invented\">{invented}</p>\n{}</header>\n<main>\n",
        language.tag(),
        escaped(name),
        figure(
            card,
            language.of("Mặt thẻ", "The card's face"),
            language.of("Thẻ mẫu, như được in", "The specimen card, as printed"),
            "card"
        )
    );
    for (number, view) in (1..).zip(&log.views) {
        step(&mut html, number, view, *language);
    }
    outcome(&mut html, ending, *language);
    html + "</main>\n</body>\n</html>\n"
}

fn step(html: &mut String, number: usize, view: &View, language: Language) {
    let View { page, typed, happened } = view;
    let heading = format!("step-{number}");
    let _ = writeln!(html, "<section class=\"step\" aria-labelledby=\"{heading}\">");
    let _ = writeln!(
        html,
        "<h2 id=\"{heading}\"><span class=\"number\">{number}</span> {}</h2>",
        escaped(&page.title.text)
    );
    let screen = parts::page(page, typed, language);
    let _ = writeln!(html, "<div class=\"phone\">\n{screen}</div>\n<div class=\"beside\">");
    let mut seen = String::new();
    let mut list = String::new();
    for one in happened {
        match one {
            Happened::Did(words) => item(&mut list, "did", words),
            Happened::Heard(words) => item(&mut list, "heard", words),
            Happened::Got { to, body } => {
                let label = language.of("Tin nhắn đến", "Message to");
                let _ = writeln!(list, "<li class=\"got\">{label} {}<pre>{}</pre></li>", escaped(to), escaped(body));
            }
            Happened::Saw { camera, jpeg, caption } => {
                let class = match camera {
                    CameraKind::Card => "wide",
                    CameraKind::Selfie => "tall",
                };
                seen.push_str(&figure(jpeg, language.camera(*camera), caption, class));
            }
        }
    }
    if !list.is_empty() {
        let _ = write!(html, "<ul class=\"happened\">\n{list}</ul>\n");
    }
    if !seen.is_empty() {
        let _ = write!(html, "<div class=\"pictures\">\n{seen}</div>\n");
    }
    html.push_str("</div>\n</section>\n");
}

fn item(list: &mut String, class: &str, words: &str) {
    let _ = writeln!(list, "<li class=\"{class}\">{}</li>", escaped(words));
}

/// `alt`: what kind of picture it is; the caption is read as well.
fn figure(jpeg: &[u8], alt: &str, caption: &str, class: &str) -> String {
    let (alt, caption) = (escaped(alt), escaped(caption));
    let data = STANDARD.encode(jpeg);
    format!(
        "<figure class=\"{class}\"><img alt=\"{alt}\" src=\"data:image/jpeg;base64,{data}\"><figcaption>{caption}</figcaption></figure>\n"
    )
}

fn outcome(html: &mut String, ending: &Ending, language: Language) {
    let title = language.of("Kết quả", "What came of it");
    let verdict = if ending.is_whole() {
        language.of(
            "Tài khoản đã được duyệt, máy này đã gắn với tài khoản, chủ thẻ đã đăng nhập.",
            "The account is approved, this phone is bound to it, its holder is signed in.",
        )
    } else {
        language.of("Chưa có tài khoản trên máy này.", "There is no account on this phone yet.")
    };
    let class = if ending.is_whole() { "whole" } else { "open" };
    let _ = write!(
        html,
        "<section class=\"outcome {class}\" aria-labelledby=\"outcome\">\n<h2 id=\"outcome\">{title}</h2>\n<p>{verdict}</p>\n<dl class=\"rows\">\n"
    );
    for (label, value) in ending.rows(language) {
        let _ = writeln!(html, "<div><dt>{label}</dt><dd>{}</dd></div>", escaped(&value));
    }
    html.push_str("</dl>\n</section>\n");
}
