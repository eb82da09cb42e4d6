//! The news of each build, as server-sent events.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::channel::Sender;
use hyper::body::Bytes;
use tokio::time::timeout;

use super::super::live::Live;
use super::body::{self, Body};

/// How often a browser is sent something, to see whether it is still there.
const PULSE: Duration = Duration::from_secs(15);

/// The news of each build from now on, and of the last one at once: a browser that had
/// lost its connection may have missed it.
pub(super) fn of(live: &Arc<Live>) -> Body {
    let (sender, body) = body::by_and_by();
    tokio::spawn(tell(live.clone(), sender));
    body
}

async fn tell(live: Arc<Live>, mut to: Sender<Bytes, Infallible>) {
    let mut state = live.listen();
    let mut last = 0;
    loop {
        let next = timeout(PULSE, state.wait_for(|it| it.builds > last)).await;
        let next = next.map(|it| it.map(|state| (state.builds, state.news.clone())));
        let event = match next {
            Ok(Ok((builds, news))) => {
                last = builds;
                format!("retry: 500\ndata: {news}\n\n")
            }
            Ok(Err(_)) => return,
            Err(_) => ":\n\n".to_owned(),
        };
        if to.send_data(event.into()).await.is_err() {
            return;
        }
    }
}
