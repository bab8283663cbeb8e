//! Challenges that new keys are made with: random, for ten minutes, once.

use citizen_protocol::wire::{Blob, Code, EnrolChallenge, EnrolChallengeRequest};
use rusqlite::params;

use super::sql::at;
use crate::work::{Ruling, Work};

const LIFE_S: u64 = 600;

/// Gives one out, to anybody.
pub(crate) fn challenge(work: &Work, _request: EnrolChallengeRequest) -> Ruling<EnrolChallenge> {
    let challenge = work.random_bytes::<32>()?;
    let expires_at = work.now.plus(LIFE_S);
    work.change(
        "INSERT INTO enrol_challenges (challenge, expires_at) VALUES (?1, ?2)",
        params![challenge, at(expires_at)],
    )?;
    Ok(EnrolChallenge { challenge: Blob(challenge.into()), expires_at })
}

/// Uses it up.
pub(super) fn take(work: &Work, challenge: &Blob) -> Ruling<()> {
    let taken = work.change(
        "DELETE FROM enrol_challenges WHERE challenge = ?1 AND expires_at > ?2",
        params![challenge.0, at(work.now)],
    )?;
    if taken == 1 { Ok(()) } else { Err(Code::ChallengeGone.into()) }
}
