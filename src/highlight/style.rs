//! Tests of the style sheet that colours the code.

use super::class;

const SHEET: &str = include_str!("../../themes/diptych/assets/syntax.css");

/// The properties of the sheet that hold a colour for light and one for dark.
fn colours() -> Vec<(&'static str, [f64; 2])> {
    let property = |line: &'static str| {
        let (name, value) =
            line.trim().strip_prefix("--hl-")?.split_once(": light-dark(")?;
        let (light, dark) = value.strip_suffix(");")?.split_once(", ")?;
        Some((name, [luminance(light), luminance(dark)]))
    };
    SHEET.lines().filter_map(property).collect()
}

/// Relative luminance of `#rrggbb` by WCAG 2.2's definition.
fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let byte =
            u8::from_str_radix(&colour[at..at + 2], 16).expect("a hexadecimal digit");
        match f64::from(byte) / 255.0 {
            it if it <= 0.04045 => it / 12.92,
            it => ((it + 0.055) / 1.055).powf(2.4),
        }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

/// Contrast ratio of two luminances by WCAG 2.2's definition.
fn contrast(one: f64, other: f64) -> f64 {
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn every_colour_can_be_read_on_every_ground() {
    let (grounds, texts): (Vec<_>, Vec<_>) =
        colours().into_iter().partition(|(name, _)| name.starts_with("ground"));
    assert_eq!(grounds.len(), 4);
    assert!(texts.len() >= 20);
    for (text, inks) in &texts {
        for (ground, papers) in &grounds {
            for (scheme, (ink, paper)) in inks.iter().zip(papers).enumerate() {
                let ratio = contrast(*ink, *paper);
                assert!(ratio >= 4.5, "{text} on {ground}, scheme {scheme}: {ratio:.2}");
            }
        }
    }
}

#[test]
fn every_class_has_a_rule() {
    for class in class::all().into_iter().chain(["gh", "gp", "hl", "line"]) {
        assert!(SHEET.contains(&format!("\n.code .{class} {{")), "no rule for `{class}`");
    }
}

#[test]
fn black_on_white_is_21_to_1() {
    assert!((contrast(luminance("#000000"), luminance("#ffffff")) - 21.0).abs() < 1e-9);
}
