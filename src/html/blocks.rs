//! Finished HTML that is set in after a note's own has been made safe.

/// Finished HTML, and the places where it is set in.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    /// Tells the places of the blocks from anything that a note may hold.
    token: String,
    html: Vec<String>,
}

impl Blocks {
    /// None yet, their places told by a token.
    pub(super) fn of(token: String) -> Self {
        Self { token, html: Vec::new() }
    }

    /// None yet, with the same token.
    pub(super) fn others(&self) -> Self {
        Self::of(self.token.clone())
    }

    /// Takes a block, and gives what stands for it until it is set in.
    pub(super) fn place(&mut self, block: String) -> String {
        self.html.push(block);
        format!("{}{}\">\n", self.mark(), self.html.len() - 1)
    }

    /// What the place of a block begins with, before its number.
    fn mark(&self) -> String {
        format!("<hr id=\"{}-", self.token)
    }

    /// A note's HTML with each block in its place.
    ///
    /// The places may have changed their order, where HTML moves what may not stand in a
    /// table out of it; a block whose place has been swallowed comes at the end, so that
    /// nothing is lost.
    pub(super) fn set_in(&self, html: &str) -> String {
        let mark = self.mark();
        let mut left: Vec<Option<&str>> =
            self.html.iter().map(|it| Some(&**it)).collect();
        let mut parts = html.split(mark.as_str());
        let mut whole = String::with_capacity(html.len());
        whole.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let (index, after) = part.split_once("\">").unwrap_or(("", part));
            let index = index.parse().ok().filter(|it: &usize| *it < left.len());
            whole.push_str(index.and_then(|it| left[it].take()).unwrap_or_default());
            whole.push_str(after);
        }
        whole.extend(left.into_iter().flatten());
        whole
    }
}
