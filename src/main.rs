//! The `diptych` program.
fn main() {
    let root = std::env::args().nth(1).unwrap();
    let out = std::env::args().nth(2).unwrap();
    let mut p = diptych::project::Project::default();
    fn walk(
        root: &std::path::Path,
        d: &std::path::Path,
        p: &mut diptych::project::Project,
    ) {
        for e in std::fs::read_dir(d).unwrap() {
            let e = e.unwrap();
            let n = e.file_name().to_string_lossy().to_string();
            if n.starts_with('.') {
                continue;
            }
            let path = e.path();
            if path.is_dir() {
                walk(root, &path, p)
            } else {
                let rel = path.strip_prefix(root).unwrap().to_string_lossy().to_string();
                let b = std::fs::read(&path).unwrap();
                if let Ok(s) = String::from_utf8(b) {
                    p.insert(rel.as_str(), &s);
                } else {
                    p.files.insert(rel.as_str().into(), Default::default());
                }
            }
        }
    }
    walk(std::path::Path::new(&root), std::path::Path::new(&root), &mut p);
    if let Some(s) = std::env::args().nth(3) {
        p.src = s.as_str().into()
    }
    let mut c = diptych::build::Cache::default();
    let t = std::time::Instant::now();
    let r = diptych::build::build(&p, &mut c);
    eprintln!("{:?} {:?} {} files", t.elapsed(), c.runs(), r.value.len());
    let mut counts = std::collections::BTreeMap::new();
    for d in &r.diagnostics {
        *counts.entry(d.rule.id()).or_insert(0) += 1;
        let text = p
            .text(&d.span.file)
            .map(|t| t[..d.span.range.start.min(t.len())].matches('\n').count() + 1);
        println!(
            "{}:{:?} {} {} {:?}",
            d.span.file,
            text,
            d.rule.id(),
            d.message,
            d.hints
        );
    }
    eprintln!("{counts:?}");
    for (route, content) in &r.value {
        let path = std::path::Path::new(&out).join(route.as_str());
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        match content {
            diptych::output::Content::Text(t) => std::fs::write(path, &**t).unwrap(),
            diptych::output::Content::Bytes(b) => std::fs::write(path, b).unwrap(),
            diptych::output::Content::Copy(f) => {
                std::fs::copy(std::path::Path::new(&root).join(f.as_str()), path)
                    .unwrap();
            }
            _ => {}
        }
    }
}
