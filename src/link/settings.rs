//! The pages that the settings name: navigation, footer, the one on how to contribute, and the contact of the
//! accessibility statement.

use super::places::Places;
use crate::{
    diagnostic::{Code, Diagnostic},
    link_path,
    model::{Step, Theme},
    nearest::nearest,
    yaml,
};

/// Reports each page that `navigation`, `footer`, `contribute` and the contact of the accessibility statement name and
/// that is not there.
pub(super) fn check(places: &Places, theme: &Theme) -> Vec<Diagnostic> {
    let config = &places.config;
    let folders = theme.kinds.iter().filter_map(|kind| kind.folder.as_deref());
    let lists: Vec<&str> = folders.chain(theme.taxonomies.iter().map(|taxonomy| taxonomy.name.as_str())).collect();
    let key = |name: &str| Step::Key(name.to_owned());
    let item = |setting: &'static str, (item, name)| (setting, vec![key(setting), Step::Item(item)], name);
    let navigation = config.navigation.iter().flatten().enumerate().map(|named| item("navigation", named));
    let footer = config.footer.iter().enumerate().map(|named| item("footer", named));
    let contribute = config.contribute.iter().map(|name| ("contribute", vec![key("contribute")], name));
    let contact = config.accessibility.iter().filter_map(|settings| settings.contact.page.as_ref());
    let contact = contact.map(|name| ("contact", ["accessibility", "contact", "page"].map(key).to_vec(), name));
    let mut diagnostics = Vec::new();
    for (setting, path, name) in navigation.chain(footer).chain(contribute).chain(contact) {
        let lists: &[&str] = if setting == "navigation" { &lists } else { &[] };
        let is_list = lists.contains(&name.as_str());
        let page = link_path::resolve("content/", name).and_then(|path| places.entry_at(&path));
        let unread = link_path::resolve("content/", name).is_some_and(|path| places.is_unread(&path));
        if is_list || page.is_some() || unread {
            continue;
        }
        let span = yaml::locate(&config.file.text, &path).value;
        let paths = places.entries.iter().filter_map(|entry| entry.path().strip_prefix("content"));
        let help = match nearest(name, lists.iter().copied().chain(paths.take(500))) {
            Some(near) => format!("Did you mean `{near}`?"),
            None => "Write the path of a page below content/, such as /about.md.".to_owned(),
        };
        let message = format!("The {setting} names “{name}”, and there is no such page");
        diagnostics.push(Diagnostic::new(Code::BrokenLink, message).at(&config.file.path, span).help(help));
    }
    diagnostics.extend(config.levels.folders.keys().filter_map(|folder| unknown_folder(places, folder)));
    diagnostics
}

/// A folder whose levels are set and that holds no page.
fn unknown_folder(places: &Places, folder: &str) -> Option<Diagnostic> {
    let inside = |path: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    if places.entries.iter().any(|entry| inside(entry.path())) {
        return None;
    }
    let file = &places.config.file;
    let short = folder.strip_prefix("content/").unwrap_or(folder);
    let key = [short, folder, &format!("/{short}")].into_iter().find_map(|name| {
        let path = vec![Step::Key("folders".to_owned()), Step::Key(name.to_owned())];
        let found = yaml::locate(&file.text, &path).key;
        (found.of(&file.text).trim_matches(['/', '"', '\'']) == name.trim_matches('/')).then_some(found)
    });
    let fault =
        Diagnostic::new(Code::BrokenLink, format!("There is no page in the folder {folder}, whose levels are set"));
    Some(
        fault
            .at(&file.path, key.unwrap_or_default())
            .help("Check the name: it is the path below content/, without a slash at its end."),
    )
}
