//! Dates as authors write them.

use jiff::civil::Date;

/// Reads a date in ISO form: `2024-05-01`, or a time of that day.
///
/// Of any other form the error is the one day that it can mean, if there is one.
pub fn parse(text: &str) -> Result<Date, Option<Date>> {
    let text = text.trim();
    let day = text.split(['T', 't', ' ']).next().unwrap_or_default();
    let iso = day.len() == 10 && day.as_bytes()[4] == b'-';
    if iso && let Ok(date) = day.parse() {
        return Ok(date);
    }
    Err(meant(text))
}

/// The day that a date of another form means, where no other reading is possible:
/// `2023-14-05`, `23-07-2014`, `2020/05/18`, `2023-10-3`, `May 1, 2024`.
fn meant(text: &str) -> Option<Date> {
    let parts: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    let [first, second, third] = parts[..] else { return None };
    let number = |it: &str| it.parse::<i16>().ok();
    if let Some(month) = named_month(first).or_else(|| named_month(second)) {
        let day = if named_month(first).is_some() { second } else { first };
        let day = number(day.trim_end_matches(char::is_alphabetic));
        return civil(number(third)?, month, day?);
    }
    let numbers = (number(first)?, number(second)?, number(third)?);
    if first.len() == 4 {
        let (year, month, day) = numbers;
        return civil(year, month, day).or_else(|| civil(year, day, month));
    }
    let (month, day, year) = numbers;
    let readings = (civil(year, month, day), civil(year, day, month));
    match readings {
        _ if third.len() != 4 => None,
        (Some(one), Some(other)) if one != other => None,
        (one, other) => one.or(other),
    }
}

fn civil(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}

fn named_month(word: &str) -> Option<i16> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
        "dec",
    ];
    let word = word.to_lowercase();
    let at = MONTHS.iter().position(|it| word.starts_with(it))?;
    i16::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(text: &str) -> Option<String> {
        parse(text).unwrap_err().map(|it| it.to_string())
    }

    #[test]
    fn only_iso_is_a_date() {
        assert_eq!(parse("2024-05-01").unwrap().to_string(), "2024-05-01");
        assert_eq!(parse("2024-05-01T10:00:00Z").unwrap().to_string(), "2024-05-01");
        for text in ["", "2024", "soon", "2024-13-13", "2024-02-30", "é-é-éééé"] {
            assert_eq!(meant(text), None, "{text}");
        }
    }

    #[test]
    fn other_forms_are_told_with_the_day_they_mean() {
        for text in ["2023-14-05", "14-05-2023", "2023/05/14", "05/14/2023"] {
            assert_eq!(meant(text).as_deref(), Some("2023-05-14"), "{text}");
        }
        assert_eq!(meant("2023-10-3").as_deref(), Some("2023-10-03"));
        assert_eq!(meant("May 1st, 2024").as_deref(), Some("2024-05-01"));
        assert_eq!(meant("1 May 2024").as_deref(), Some("2024-05-01"));
        assert_eq!(meant("01/02/2024"), None, "it can be two days");
    }
}
