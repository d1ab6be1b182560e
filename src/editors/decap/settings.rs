//! The editor's settings: `config.yml`.

use super::collections;
use crate::{
    config::{Editor, Host},
    editors::{Rules, yaml},
};
use serde_json::{Map, Value, json};

/// The settings as YAML. They are the same for whoever reads them: Sveltia CMS takes them too.
pub(super) fn settings(rules: &Rules<'_>, editor: &Editor) -> String {
    let config = rules.config;
    let mut settings = json!({
        "backend": backend(rules, editor),
        "publish_mode": "editorial_workflow",
        "site_url": config.base_url,
        "display_url": config.base_url,
        "show_preview_links": false,
        "media_folder": "content/media",
        "public_folder": "/media",
        // As Casebook makes addresses of titles.
        "slug": {"encoding": "ascii", "clean_accents": true, "sanitize_replacement": "-"},
    });
    if let Some(map) = settings.as_object_mut() {
        if config.languages.len() > 1 {
            let i18n = json!({
                "structure": "multiple_files",
                "locales": config.languages,
                "default_locale": config.language,
            });
            map.insert("i18n".to_owned(), i18n);
        }
        map.insert("collections".to_owned(), collections::all(rules));
    }
    let note = rules.words("made_by", &[("command", "casebook build")]);
    format!("# {note}\n{}", yaml::document(&settings))
}

/// Who is asked for the library, and how people sign in there.
fn backend(rules: &Rules<'_>, editor: &Editor) -> Value {
    let mut backend = Map::new();
    let mut put = |key: &str, value: Value| drop(backend.insert(key.to_owned(), value));
    put("name", json!(editor.host.name()));
    put("repo", json!(editor.repository));
    put("branch", json!(rules.config.branch));
    match editor.host {
        Host::GitHub if editor.open => {
            put("open_authoring", json!(true));
            // Nobody who proposes a page has to open what is private.
            put("auth_scope", json!("public_repo"));
        }
        Host::GitLab if editor.site != GITLAB => {
            put("base_url", json!(editor.site));
            put("api_root", json!(format!("{}/api/v4", editor.site)));
        }
        _ => {}
    }
    for (key, value) in &editor.auth {
        put(key, json!(value));
    }
    Value::Object(backend)
}

/// The GitLab that the editor asks unless it is told otherwise.
pub(super) const GITLAB: &str = "https://gitlab.com";
