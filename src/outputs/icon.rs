//! The icons of the site, drawn from the theme's, and the web manifest that names them.

use super::{Made, file_of};
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{Output, Recipe, Span},
    picture::{self, DRAWING_VERSION},
    render::Renderer,
};
use serde_json::{Value, json};

/// An icon, by its place in the theme.
pub(super) fn make(renderer: &Renderer<'_>, place: usize) -> Made {
    let theme = renderer.library().theme();
    let Some(icon) = theme.app.icons.get(place).cloned() else { return Made::default() };
    let Some(drawing) = theme.statics.iter().find(|file| file.path == icon.from) else {
        let message = format!("The icon {} is drawn from static/{}, which is not in the theme", icon.path, icon.from);
        let fault = Diagnostic::new(Code::InvalidThemeFile, message).at(&theme.path, Span::default());
        return (Vec::new(), vec![fault.help("Put the drawing there, or name another one in theme.yaml.")]);
    };
    let (svg, source) = (drawing.text().unwrap_or_default().to_owned(), drawing.source.clone());
    let hash = blake3::hash(&drawing.bytes).to_hex();
    let path = file_of(&icon.path);
    let key = format!("{DRAWING_VERSION} icon {} {} {hash}", icon.size, icon.path.ends_with(".ico"));
    let recipe = Recipe::new(key, [], move |_| {
        let drawn = match u8::try_from(icon.size) {
            Ok(size) if icon.path.ends_with(".ico") => picture::ico(&svg, size),
            _ => picture::png(&svg, icon.size, icon.size),
        };
        drawn.map_err(|reason| {
            Diagnostic::new(Code::InvalidThemeFile, format!("This icon can't be drawn: {reason}"))
                .at(&source, Span::default())
                .help("Save it anew as plain SVG.")
        })
    });
    (vec![Output::made(path, recipe)], Vec::new())
}

/// The web manifest (W3C Web Application Manifest).
pub(super) fn manifest(renderer: &Renderer<'_>) -> Made {
    let (config, theme) = (renderer.config(), renderer.library().theme());
    let home = renderer.addresses().href("/");
    let icons = theme.app.icons.iter().filter(|icon| icon.path.ends_with(".png"));
    let icon = |icon: &crate::model::Icon| {
        json!({
            "src": renderer.addresses().href(&icon.path),
            "sizes": format!("{0}x{0}", icon.size),
            "type": "image/png",
            "purpose": if icon.maskable { "maskable" } else { "any" },
        })
    };
    let mut manifest = json!({
        "name": config.title,
        "lang": config.language,
        "id": home,
        "start_url": home,
        "scope": home,
        "display": "browser",
        "icons": icons.map(icon).collect::<Vec<_>>(),
    });
    let more = [
        ("description", Some(config.description.as_str()).filter(|text| !text.is_empty())),
        ("background_color", renderer.token(&theme.app.background)),
        ("theme_color", renderer.token(&theme.app.colour)),
    ];
    for (key, value) in more {
        if let (Some(map), Some(value)) = (manifest.as_object_mut(), value) {
            map.insert(key.to_owned(), Value::from(value));
        }
    }
    (vec![Output::bytes("manifest.webmanifest", manifest.to_string() + "\n")], Vec::new())
}
