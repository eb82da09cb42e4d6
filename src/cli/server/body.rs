//! The body of an answer: bytes that are at hand, or that come by and by.

use std::convert::Infallible;
use std::io::SeekFrom;

use http_body_util::channel::{Channel, Sender};
use http_body_util::{Either, Full};
use hyper::body::Bytes;
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt};

/// The body of an answer.
pub(super) type Body = Either<Full<Bytes>, Channel<Bytes, Infallible>>;

/// How much of a file is read at once, and waits for a slow reader.
const PIECE: usize = 64 * 1024;

/// Bytes that are at hand.
pub(super) fn whole(bytes: impl Into<Bytes>) -> Body {
    Either::Left(Full::new(bytes.into()))
}

/// Bytes that come by and by.
pub(super) fn by_and_by() -> (Sender<Bytes, Infallible>, Body) {
    let (sender, channel) = Channel::new(4);
    (sender, Either::Right(channel))
}

/// So many bytes of a file, read as they are sent.
pub(super) fn of_file(file: File, start: u64, len: u64) -> Body {
    let (sender, body) = by_and_by();
    tokio::spawn(send(file, start, len, sender));
    body
}

/// Sends a part of a file; one that became shorter meanwhile is cut off.
async fn send(mut file: File, start: u64, len: u64, mut to: Sender<Bytes, Infallible>) {
    if file.seek(SeekFrom::Start(start)).await.is_err() {
        return;
    }
    let mut part = file.take(len);
    loop {
        let mut piece = Vec::with_capacity(PIECE);
        match part.read_buf(&mut piece).await {
            Ok(1..) if to.send_data(piece.into()).await.is_ok() => {}
            _ => return,
        }
    }
}
