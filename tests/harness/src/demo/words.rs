//! What the demo says beside the app's own pages: in the language of the run, and in no other.

use citizen_journeys::{CameraKind, FieldKind, Request, Tone};
use clap::ValueEnum;

/// The language of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    /// Vietnamese.
    Vi,
    /// English.
    En,
}

impl Language {
    /// BCP 47: the app's setting, and the report's `lang`.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// The one of the two that is this language's.
    pub(crate) fn of<T>(self, vietnamese: T, english: T) -> T {
        match self {
            Self::Vi => vietnamese,
            Self::En => english,
        }
    }

    /// A mark is not enough: what kind of notice it is.
    pub(crate) fn tone(self, tone: Tone) -> &'static str {
        match tone {
            Tone::Info => self.of("Thông tin", "Information"),
            Tone::Success => self.of("Thành công", "Success"),
            Tone::Warning => self.of("Lưu ý", "Note"),
            Tone::Danger => self.of("Cần xử lý", "Problem"),
        }
    }

    pub(crate) fn camera(self, camera: CameraKind) -> &'static str {
        match camera {
            CameraKind::Card => self.of("Máy ảnh sau: mã QR trên thẻ", "Back camera: the card's QR code"),
            CameraKind::Selfie => self.of("Máy ảnh trước: khuôn mặt", "Front camera: your face"),
        }
    }

    pub(crate) fn support_code(self) -> &'static str {
        self.of("Mã hỗ trợ", "Support code")
    }

    pub(crate) fn required(self, is_required: bool) -> &'static str {
        if is_required { self.of("bắt buộc", "required") } else { self.of("không bắt buộc", "optional") }
    }

    /// How an option or a consent stands, for whom its mark says nothing.
    pub(crate) fn chosen(self, is_chosen: bool) -> &'static str {
        if is_chosen { self.of("đã chọn", "chosen") } else { self.of("chưa chọn", "not chosen") }
    }

    pub(crate) fn hidden(self) -> &'static str {
        self.of("đã nhập, được che", "entered, hidden")
    }

    pub(crate) fn empty(self) -> &'static str {
        self.of("trống", "empty")
    }

    pub(crate) fn under_way(self) -> &'static str {
        self.of("đang ở bước này", "now")
    }

    pub(crate) fn read_aloud(self) -> &'static str {
        self.of("Đọc to", "Read aloud")
    }

    /// Beside a button that does nothing yet.
    pub(crate) fn not_yet(self, delay_s: u32) -> String {
        match delay_s {
            0 => self.of("chưa dùng được", "not yet").to_owned(),
            _ => self.of(format!("sau {}", clock(delay_s)), format!("in {}", clock(delay_s))),
        }
    }

    pub(crate) fn back(self) -> &'static str {
        self.of("Quay lại", "Back")
    }

    /// What the phone does beside drawing.
    pub(crate) fn request(self, request: &Request) -> Option<String> {
        Some(match request {
            Request::Success => self.of("Điện thoại rung nhẹ: xong.", "The phone vibrates softly: done.").to_owned(),
            Request::Warning => {
                self.of("Điện thoại rung mạnh: có lỗi.", "The phone vibrates: something is wrong.").to_owned()
            }
            Request::OpenSettings => self.of("Mở phần Cài đặt của máy.", "The phone's settings open.").to_owned(),
            Request::Dial { number } => {
                self.of(format!("Mở bàn phím gọi: {number}"), format!("The dialler opens: {number}"))
            }
            Request::TakeNow | Request::Relax | Request::Forget => return None,
        })
    }
}

/// Minutes and seconds, as a shell counts them down.
pub(crate) fn clock(seconds: u32) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours == 0 { format!("{minutes}:{seconds:02}") } else { format!("{hours}:{minutes:02}:{seconds:02}") }
}

/// Whether it is entered unseen.
pub(crate) fn is_secret(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::CurrentPassword | FieldKind::NewPassword | FieldKind::Pin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_counted_as_on_a_clock() {
        assert_eq!([0, 59, 61, 3600, 86_399].map(clock), ["0:00", "0:59", "1:01", "1:00:00", "23:59:59"]);
    }

    #[test]
    fn a_button_that_waits_says_how_long() {
        assert_eq!(Language::Vi.not_yet(60), "sau 1:00");
        assert_eq!(Language::En.not_yet(0), "not yet");
    }
}
