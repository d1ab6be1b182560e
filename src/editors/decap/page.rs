//! The editor's page.

use super::{SCRIPT, settings::GITLAB};
use crate::{
    config::{Editor, Host},
    editors::Rules,
};

/// The page at `/admin/`. Of all pages of the site it alone lets scripts make scripts and styles, as the editor does,
/// and lets them ask another host: the one that keeps the library.
pub(super) fn page(rules: &Rules<'_>, editor: &Editor) -> String {
    let config = rules.config;
    let policy = policy(editor);
    let title = rules.words("web.document", &[("site", &config.title)]);
    let [title, heading, waiting, no_script, home] = [
        title,
        rules.words("web.title", &[]),
        rules.words("web.waiting", &[]),
        rules.words("web.no_script", &[]),
        rules.words("web.home", &[]),
    ]
    .map(|text| escaped(&text));
    let root = escaped(&config.href("/"));
    format!(
        "<!doctype html>\n\
         <html lang=\"{language}\">\n\
         <head>\n\
         <meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{title}</title>\n\
         <link href=\"config.yml\" type=\"text/yaml\" rel=\"cms-config-url\">\n\
         <link href=\"editor.css\" rel=\"stylesheet\">\n\
         <link href=\"editor.css\" rel=\"stylesheet\">\n\
         <script src=\"start.js\" type=\"module\"></script>\n\
         <script src=\"{SCRIPT}\" defer></script>\n\
         </head>\n\
         <body>\n\
         <main id=\"before\">\n\
         <h1>{heading}</h1>\n\
         <p role=\"status\" id=\"waiting\" hidden>{waiting}</p>\n\
         <noscript><p>{no_script}</p></noscript>\n\
         <p><a href=\"{root}\">{home}</a></p>\n\
         </main>\n\
         </body>\n\
         </html>\n",
        language = escaped(&config.language),
    )
}

/// What the page may load and whom it may ask (Content Security Policy Level 3).
fn policy(editor: &Editor) -> String {
    let own = |key: &str| editor.auth.get(key).map(|url| origin(url).to_owned());
    let asked: Vec<String> = match editor.host {
        Host::GitHub => vec![own("api_root").unwrap_or_else(|| "https://api.github.com".to_owned())],
        Host::GitLab => {
            let site = own("base_url").unwrap_or_else(|| editor.site.clone());
            let api = own("api_root").unwrap_or_else(|| editor.site.clone());
            if site == api { vec![site] } else { vec![site, api] }
        }
    };
    let pictures = match editor.host {
        Host::GitHub => " https://avatars.githubusercontent.com".to_owned(),
        Host::GitLab if editor.site == GITLAB => format!(" {GITLAB} https://secure.gravatar.com"),
        Host::GitLab => format!(" {}", editor.site),
    };
    [
        "default-src 'none'".to_owned(),
        // Its check of its own settings is written as a script first.
        "script-src 'self' 'unsafe-eval'".to_owned(),
        "style-src 'self' 'unsafe-inline'".to_owned(),
        format!("img-src 'self' blob: data:{pictures}"),
        "font-src 'self' data:".to_owned(),
        format!("connect-src 'self' blob: data: {} {LOCAL}", asked.join(" ")),
        "base-uri 'none'".to_owned(),
        "form-action 'none'".to_owned(),
    ]
    .join("; ")
}

/// Where a computer's own decap-server listens. The editor asks it from a preview on that computer, and nowhere else.
const LOCAL: &str = "http://localhost:8081";

/// The scheme and the host of an address.
fn origin(url: &str) -> &str {
    let start = url.find("://").map_or(0, |at| at + 3);
    let end = url.get(start..).and_then(|rest| rest.find('/')).map_or(url.len(), |at| start + at);
    url.get(..end).unwrap_or(url)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
