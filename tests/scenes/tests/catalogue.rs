//! The named scenes are what their names promise to a plain reader.

use citizen_scenes::planes::luma;
use citizen_scenes::{Photo, catalogue, scene};

/// What rqrr, a port of quirc, reads.
fn read(photo: &Photo) -> Option<String> {
    let luma = luma(&photo.image);
    let (width, height) = (luma.width() as usize, luma.height() as usize);
    let mut prepared =
        rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| luma.get_pixel(x as u32, y as u32).0[0]);
    prepared.detect_grids().iter().find_map(|grid| grid.decode().ok()).map(|(_, text)| text)
}

#[test]
fn a_plain_reader_reads_each_readable_scene() {
    for scene in catalogue().into_iter().filter(|scene| scene.readable) {
        let photo = scene.photograph();
        assert!(photo.symbol_in_view(), "{}", scene.name);
        assert_eq!(read(&photo).as_ref(), Some(&photo.text), "{}", scene.name);
    }
}

#[test]
fn a_plain_reader_reads_none_of_the_others() {
    for scene in catalogue().into_iter().filter(|scene| !scene.readable) {
        let photo = scene.photograph();
        assert_eq!(photo.symbol_in_view(), scene.name != "blank", "{}", scene.name);
        assert_eq!(read(&photo), None, "{}", scene.name);
    }
}

#[test]
fn names_are_unique_and_find_their_scene() {
    for expected in catalogue() {
        assert_eq!(scene(expected.name), Some(expected));
    }
    assert_eq!(scene("no such scene"), None);
}
