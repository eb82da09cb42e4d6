//! TEMP
#[derive(Clone,Copy,Debug,PartialEq,Eq,Hash)] pub enum RawHtml { Safe, Allow, Escape }
#[derive(Clone,Debug)] pub struct Config { pub markdown: Markdown, pub links: Links }
#[derive(Clone,Debug)] pub struct Markdown { pub wikilinks: bool, pub math: bool, pub smart_punctuation: bool, pub raw_html: RawHtml, pub hard_breaks: bool }
#[derive(Clone,Debug)] pub struct Links { pub autolink: Vec<(String,String)>, pub rewrite: Vec<(String,String)> }
