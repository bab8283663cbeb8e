//! Ladders and hard bursts: what they say of themselves is so, and each severity is worse than the one before.

use citizen_scenes::ladder::SEVERITIES;
use citizen_scenes::planes::luma;
use citizen_scenes::{Card, HardBurst, Ladder, Photo, Shot, photograph};

/// In the middle of a small frame, to be quick: the ladder's first seed without its nuisance's place.
fn small(ladder: Ladder, severity: u8) -> Shot {
    Shot { frame: [480, 320], shift: [-20.0, 15.0], ..ladder.shot(severity, 0) }
}

/// Where a place of the symbol (0 to 1 both ways) is in the frame: the one projective map that takes a square to four
/// corners (Heckbert 1989).
fn in_frame(corners: &[[f32; 2]; 4], [u, v]: [f32; 2]) -> [f32; 2] {
    let [a, b, c, d] = corners;
    let [sum, right, down]: [[f32; 2]; 3] =
        [std::array::from_fn(|i| a[i] - b[i] + c[i] - d[i]), [b[0] - c[0], b[1] - c[1]], [d[0] - c[0], d[1] - c[1]]];
    let cross = |p: [f32; 2], q: [f32; 2]| p[0] * q[1] - p[1] * q[0];
    let (g, h) = (cross(sum, down) / cross(right, down), cross(right, sum) / cross(right, down));
    std::array::from_fn(|i| {
        let (across, along) = (b[i] - a[i] + g * b[i], d[i] - a[i] + h * d[i]);
        (across * u + along * v + a[i]) / (g * u + h * v + 1.0)
    })
}

/// How far light and dark modules are apart, in deviations within each kind, at their centres: what a reader that knows the
/// grid has to go by.
fn separation(card: &Card, photo: &Photo) -> f32 {
    let luma = luma(&photo.image);
    let side = card.code().side();
    // Of the light and the dark ones: number, sum, sum of squares.
    let mut kinds = [[0.0_f32; 3]; 2];
    for (column, row) in (0..side * side).map(|i| (i % side, i / side)) {
        let place = [column, row].map(|index| (index as f32 + 0.5) / side as f32);
        let [x, y] = in_frame(&photo.corners, place);
        let tone = f32::from(luma.get_pixel(x as u32, y as u32).0[0]);
        let kind = &mut kinds[usize::from(card.code().is_dark(column, row))];
        *kind = [kind[0] + 1.0, kind[1] + tone, kind[2] + tone * tone];
    }
    let [light, dark] = kinds.map(|[count, sum, squares]| [sum / count, squares / count - (sum / count).powi(2)]);
    (light[0] - dark[0]) / (1.0 + light[1] + dark[1]).sqrt()
}

/// Side of a square as large as a module is on average, px: half the cross product of the symbol's diagonals is its area.
fn module_px(card: &Card, photo: &Photo) -> f32 {
    let [a, b, c, d] = photo.corners;
    let doubled = (c[0] - a[0]) * (d[1] - b[1]) - (c[1] - a[1]) * (d[0] - b[0]);
    (doubled / 2.0).sqrt() / card.code().side() as f32
}

fn measures(ladder: Ladder, measure: fn(&Card, &Photo) -> f32) -> Vec<f32> {
    let card = ladder.card(0);
    (0..SEVERITIES).map(|severity| measure(&card, &photograph(&card, &small(ladder, severity), 1))).collect()
}

#[test]
fn modules_are_harder_to_tell_apart_with_each_severity() {
    // Measured below: these keep their modules' tones, in other places.
    let by_place = [Ladder::Distance, Ladder::Tilt, Ladder::Roll, Ladder::Curl];
    for ladder in Ladder::ALL.into_iter().filter(|ladder| !by_place.contains(ladder)) {
        let separations = measures(ladder, separation);
        assert!(separations.is_sorted_by(|easier, harder| easier > harder), "{ladder:?}: {separations:?}");
        assert!(separations[0] > 2.0 && separations[7] < separations[0] / 2.0, "{ladder:?}: {separations:?}");
    }
}

#[test]
fn distance_and_tilt_leave_fewer_pixels_for_a_module_with_each_severity() {
    for (ladder, last) in [(Ladder::Distance, 1.1), (Ladder::Tilt, 1.7)] {
        let sides = measures(ladder, module_px);
        assert!(sides.is_sorted_by(|easier, harder| easier > harder), "{ladder:?}: {sides:?}");
        assert!(sides[0] > 3.0 && (sides[7] - last).abs() < 0.1, "{ladder:?}: {sides:?}");
    }
}

#[test]
fn roll_turns_an_eighth_and_changes_nothing_else() {
    let turns: Vec<f32> = (0..SEVERITIES).map(|severity| Ladder::Roll.shot(severity, 0).roll).collect();
    assert!((turns[7] - turns[0] - 45.0).abs() < 1e-3);
    let level = |severity| Shot { roll: 0.0, ..Ladder::Roll.shot(severity, 0) };
    assert!((1..SEVERITIES).all(|severity| level(severity) == level(0)));
}

/// How print moves is measured in `truth.rs`.
#[test]
fn a_card_is_bent_further_with_each_severity_and_not_always_to_the_same_side() {
    let bends = |seed| (0..SEVERITIES).map(|severity| Ladder::Curl.shot(severity, seed).curl).collect::<Vec<f32>>();
    assert!((0..4).all(|seed| bends(seed).is_sorted_by(|easier, harder| easier.abs() < harder.abs())));
    assert!((0..4).any(|seed| bends(seed)[7] > 0.0) && (0..4).any(|seed| bends(seed)[7] < 0.0));
}

#[test]
fn the_corners_of_every_ladder_lead_to_its_modules() {
    for ladder in Ladder::ALL {
        let card = ladder.card(1);
        let shot = Shot { frame: [480, 320], shift: [-20.0, 15.0], ..ladder.shot(0, 1) };
        // At 2 px for a module the neighbours take part of each centre.
        let clear = photograph(&card, &Shot { module_px: shot.module_px.max(3.0), ..shot }, 1);
        assert!(clear.symbol_in_view());
        assert!(separation(&card, &clear) > 3.0, "{ladder:?}: {}", separation(&card, &clear));
    }
}

#[test]
fn a_frame_follows_from_its_kind_severity_and_seed() {
    let photo = |severity, seed| Ladder::Moire.photograph(&Ladder::Moire.card(seed), severity, seed);
    assert_eq!(photo(3, 1), photo(3, 1));
    let others = [photo(4, 1), photo(3, 2)];
    assert!(others.iter().all(|other| other.image != photo(3, 1).image));
    assert_eq!(others[0].text, photo(3, 1).text);
    assert_ne!(others[1].text, photo(3, 1).text);
    let burst = HardBurst(2);
    assert_eq!(burst.photograph(&burst.card(), 2), burst.photograph(&burst.card(), 2));
}
