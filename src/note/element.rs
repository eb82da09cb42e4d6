//! The elements of HTML: which there are, which a page shows.

/// The elements that GitHub shows in Markdown, and those that are as harmless.
pub fn shown() -> impl Iterator<Item = &'static str> {
    SHOWN.split_whitespace()
}

/// Whether an element exists in HTML, now or once (HTML Living Standard, 4 and 16.2).
pub fn is_known(name: &str) -> bool {
    KNOWN.split_whitespace().any(|it| it == name)
}

/// Whether an element runs a script, loads a document or asks for input, so that it is
/// left out of a page.
pub fn is_active(name: &str) -> bool {
    ACTIVE.split_whitespace().any(|it| it == name)
}

/// Whether an attribute of an element holds an address which a reader or the browser
/// follows.
pub fn is_address(element: &str, attribute: &str) -> bool {
    match attribute {
        "href" => matches!(element, "a" | "area"),
        "src" => matches!(element, "img" | "source" | "video" | "audio" | "track"),
        "srcset" => matches!(element, "img" | "source"),
        "poster" => element == "video",
        _ => false,
    }
}

/// Whether one element can stand in another of its kind without end: none that is empty
/// or that the next one closes (HTML, 13.1.2 and 13.1.2.4).
pub fn nests(name: &str) -> bool {
    const FLAT: &str = "area base br col embed hr img input link meta source track wbr \
                        caption dd dt li p rp rt tbody td tfoot th thead tr";
    FLAT.split_whitespace().all(|it| it != name)
}

const KNOWN: &str = "\
     a abbr acronym address applet area article aside audio b base basefont bdi bdo \
     big blockquote body br button canvas caption center cite code col colgroup data \
     datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption \
     figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr \
     html i iframe img input ins kbd label legend li link main map mark math menu \
     meta meter nav nobr noframes noscript object ol optgroup option output p param \
     picture portal pre progress q rp rt rtc ruby s samp script search section select \
     slot small source span strike strong style sub summary sup svg table tbody td \
     template textarea tfoot th thead time title tr track tt u ul var video wbr";

const SHOWN: &str = "\
     a abbr acronym address article aside audio b bdi bdo big blockquote br caption \
     center cite code col colgroup data dd del details dfn div dl dt em figcaption \
     figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li main map \
     mark nav nobr ol p picture pre q rp rt rtc ruby s samp section small source span \
     strike strong sub summary sup table tbody td tfoot th thead time tr track tt u \
     ul var video wbr";

const ACTIVE: &str = "\
     script style iframe object embed applet frame frameset form noscript noframes \
     template base meta link input button select textarea option svg math portal \
     param canvas dialog slot";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_exists_and_runs_nothing() {
        assert!(shown().all(|it| is_known(it) && !is_active(it)));
        assert!(is_known("script") && is_active("script") && !is_known("test"));
    }
}
