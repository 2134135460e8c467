//! The API's dates, such as `/Date(1357151359000-0600)/`.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize, de::Error};

const FIRST: i64 = -62_135_510_400_000;

/// An instant, or none: .NET's minimum date means none.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct MsDate(String);

impl MsDate {
    /// Returns the instant. An offset names a zone and doesn't move it.
    pub fn time(&self) -> Option<DateTime<Utc>> {
        milliseconds(&self.0).filter(|value| *value >= FIRST).and_then(DateTime::from_timestamp_millis)
    }
}

fn milliseconds(text: &str) -> Option<i64> {
    let inner = text.strip_prefix("/Date(")?.strip_suffix(")/")?;
    let end = inner.get(1..)?.find(['+', '-']).map_or(inner.len(), |place| place + 1);
    inner[..end].parse().ok()
}

impl<'de> Deserialize<'de> for MsDate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match milliseconds(&text) {
            Some(_) => Ok(Self(text)),
            None => Err(D::Error::custom(format!(
                "invalid date '{text}': expected something like /Date(1357151359000)/"
            ))),
        }
    }
}
