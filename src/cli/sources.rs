//! What a site is made from: the files of a folder, their history, and the day.
#![expect(clippy::disallowed_methods, reason = "the day comes from the clock")]

use std::time::{SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::disk::{Memory, Reading};
use super::history;
use super::place::Place;
use super::stop::Stop;
use super::voice::Voice;
use crate::history::History;
use crate::memo::Hashed;
use crate::project::{Asked, Project};

/// Reads the files of a folder while git is asked for their history.
pub(super) fn read(
    place: &Place,
    asked: &Asked,
    voice: Voice,
) -> anyhow::Result<Project> {
    Ok(recall(place, asked, &Memory::default(), voice)?.project)
}

/// The same, but without what an earlier run has read; see [`Reading::recalling`].
pub(super) fn recall(
    place: &Place,
    asked: &Asked,
    memory: &Memory,
    voice: Voice,
) -> anyhow::Result<Reading> {
    let (reading, history) =
        rayon::join(|| Reading::recalling(place, memory), || known(place, voice));
    let mut reading = reading?;
    reading.project.asked = asked.clone();
    reading.project.history = Hashed::new(history);
    reading.project.today = Some(today()?);
    Ok(reading)
}

/// What git knows of the files, if `book.toml` lets it be asked.
pub(super) fn known(place: &Place, voice: Voice) -> History {
    if !place.config.history.git {
        return History::default();
    }
    let (history, told) = history::read(&place.root);
    if let Some(told) = told {
        voice.say(told);
    }
    history
}

/// A history that is asked for again only when there is another commit.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// What tells of another commit.
    stamp: Option<(bool, history::Stamp)>,
}

impl Seen {
    /// The history, where it may not be what it was last time.
    pub(super) fn news(&mut self, place: &Place, voice: Voice) -> Option<History> {
        let stamp = (place.config.history.git, history::stamp(&place.root));
        if self.stamp.as_ref() == Some(&stamp) {
            return None;
        }
        self.stamp = Some(stamp);
        Some(known(place, voice))
    }
}

/// The day in UTC, so that it is one day wherever the site is built; by
/// `SOURCE_DATE_EPOCH`, where that is set, so that a build can be repeated.
/// (<https://reproducible-builds.org/specs/source-date-epoch/>)
pub(super) fn today() -> anyhow::Result<Date> {
    let Ok(epoch) = std::env::var("SOURCE_DATE_EPOCH") else {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let seconds = i64::try_from(now.as_secs()).unwrap_or_default();
        return Ok(day(seconds).unwrap_or(Date::constant(1970, 1, 1)));
    };
    epoch.trim().parse().ok().and_then(day).ok_or_else(|| {
        Stop::because(
            format!("`{epoch}` in SOURCE_DATE_EPOCH is no number of seconds"),
            "set it to the seconds since 1970, such as `git log -1 --format=%ct` says, \
             or unset it",
        )
    })
}

fn day(seconds: i64) -> Option<Date> {
    let time = Timestamp::from_second(seconds).ok()?;
    Some(TimeZone::UTC.to_datetime(time).date())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_in_utc() {
        let name = |seconds| day(seconds).map(|it| it.to_string());
        assert_eq!(name(0).as_deref(), Some("1970-01-01"));
        assert_eq!(name(86_399).as_deref(), Some("1970-01-01"));
        assert_eq!(name(1_772_323_200).as_deref(), Some("2026-03-01"));
        assert_eq!(name(i64::MAX), None);
    }
}
