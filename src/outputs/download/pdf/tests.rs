//! Documents as they are set.

#![allow(clippy::disallowed_methods, reason = "documents to look at are written where PDF_OUT says")]

use super::{sample::*, *};
use crate::model::{StaticFile, Theme};

fn theme() -> Theme {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/civic/pdf");
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let file = |path: &std::path::PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = std::fs::read(path).unwrap().into();
        StaticFile { source: format!("themes/civic/pdf/{name}"), path: name, bytes }
    };
    Theme { pdf: files.iter().map(file).collect(), ..Theme::default() }
}

fn made(paper: &Paper, setting: &Arc<Setting>, size: Size, picture: Option<&[u8]>) -> Result<Vec<u8>, Diagnostic> {
    let files: Vec<Arc<[u8]>> = picture.map(Arc::from).into_iter().collect();
    recipe(Arc::new(paper.clone()), setting, size).make(&files)
}

/// `PDF_OUT=/tmp cargo test --release --lib -- --ignored to_look_at`
#[test]
#[ignore = "writes documents to look at"]
fn to_look_at() {
    let out = std::env::var("PDF_OUT").unwrap();
    let setting = Arc::new(Setting::new(&theme()));
    let picture = std::env::var("PDF_PICTURE").ok();
    let bytes = picture.as_ref().map(|path| std::fs::read(path).unwrap());
    for (name, template, with) in
        [("pack", "pack", true), ("bare", "pack", false), ("case", "case-study", true), ("entry", "decision", false)]
    {
        let mut paper = sample(picture.as_deref().filter(|_| with));
        paper.template = template.to_owned();
        for size in [Size::Normal, Size::Large] {
            let start = std::time::Instant::now();
            let pdf = match made(&paper, &setting, size, bytes.as_deref().filter(|_| with)) {
                Ok(pdf) => pdf,
                Err(fault) => panic!("{fault:#?}"),
            };
            println!("{name} {size:?}: {:?} pages, {} bytes, {:?}", pages(&pdf), pdf.len(), start.elapsed());
            std::fs::write(format!("{out}/{name}-{size:?}.pdf"), pdf).unwrap();
        }
    }
}
