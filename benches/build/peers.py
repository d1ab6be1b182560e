"""How each program wants a library written, with the least that its site needs: pages, lists, indexes and a feed."""

import json


class Casebook:
    """The settings are two lines: all else is as it comes."""

    command = ["casebook", "build", "--no-downloads", "--quiet", "--root"]

    @staticmethod
    def files(themes, councils):
        return {
            "casebook.yaml": "title: Library\nbase_url: https://example.org/\n",
            "content/_data/themes.yaml": "".join(f"- id: {id}\n  label: {id.replace('-', ' ').capitalize()}\n" for id in themes),
            "content/_data/councils.csv": "id,label\n" + "".join(f"{id},{name}\n" for id, name in councils),
        }

    @staticmethod
    def link(page):
        return f"/{page['folder']}/{page['name']}.md"

    @staticmethod
    def front(page, council):
        return (
            f"title: {json.dumps(page['title'])}\nsummary: {json.dumps(page['summary'])}\npublished: {page['date']}\n"
            f"themes: [{', '.join(page['themes'])}]\ncouncils: [{council}]\n"
        )


HUGO_SETTINGS = """baseURL = "https://example.org/"
title = "Library"
disableKinds = ["RSS"]
[pagination]
pagerSize = 20
[taxonomies]
theme = "themes"
council = "councils"
[markup.highlight]
noClasses = false
[mediaTypes."application/atom+xml"]
suffixes = ["xml"]
[outputFormats.atom]
mediaType = "application/atom+xml"
baseName = "atom"
[outputs]
home = ["html", "atom"]
"""

HUGO_FRAME = """<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><title>{{ .Title }}</title><meta name="description" content="{{ .Description }}">
<link rel="canonical" href="{{ .Permalink }}"></head>
<body>
<header><a href="/">Library</a> <nav>{{ range .Site.Sections }}<a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a> {{ end }}</nav></header>
<main>{{ block "main" . }}{{ end }}</main>
<footer>Free for all to use</footer>
</body>
</html>
"""

HUGO_PAGE = """{{ define "main" }}
<nav>{{ range .Ancestors.Reverse }}<a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a> {{ end }}</nav>
<article>
<h1>{{ .Title }}</h1>
<p>{{ .Description }}</p>
<p><time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "2 January 2006" }}</time></p>
{{ .TableOfContents }}
{{ .Content }}
<ul>{{ range .GetTerms "themes" }}<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></li>{{ end }}
{{ range .GetTerms "councils" }}<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></li>{{ end }}</ul>
</article>
{{ end }}
"""

HUGO_LIST = """{{ define "main" }}
<h1>{{ .Title }}</h1>
<ul>{{ range .Paginator.Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a><p>{{ .Description }}</p></li>{{ end }}</ul>
{{ with .Paginator }}{{ with .Prev }}<a href="{{ .URL }}">Previous</a>{{ end }}{{ with .Next }}<a href="{{ .URL }}">Next</a>{{ end }}{{ end }}
{{ end }}
"""

HUGO_FEED = """<feed xmlns="http://www.w3.org/2005/Atom"><title>{{ .Site.Title }}</title>
{{ range first 20 .Site.RegularPages.ByDate.Reverse }}<entry><title>{{ .Title }}</title><id>{{ .Permalink }}</id><summary>{{ .Description }}</summary></entry>{{ end }}
</feed>
"""


class Hugo:
    """A theme of four templates; no search."""

    command = ["hugo", "--quiet", "--source"]

    @staticmethod
    def files(themes, councils):
        return {
            "hugo.toml": HUGO_SETTINGS,
            "layouts/_default/baseof.html": HUGO_FRAME,
            "layouts/_default/single.html": HUGO_PAGE,
            "layouts/_default/list.html": HUGO_LIST,
            "layouts/index.atom.xml": HUGO_FEED,
        }

    @staticmethod
    def link(page):
        return '{{< ref "/%s/%s.md" >}}' % (page["folder"], page["name"])

    @staticmethod
    def front(page, council):
        return (
            f"title: {json.dumps(page['title'])}\ndescription: {json.dumps(page['summary'])}\ndate: {page['date']}\n"
            f"themes: [{', '.join(page['themes'])}]\ncouncils: [{page['council']}]\n"
        )


ZOLA_SETTINGS = """base_url = "https://example.org"
title = "Library"
build_search_index = false
generate_feeds = true
feed_limit = 20
taxonomies = [{name = "themes", paginate_by = 20}, {name = "councils", paginate_by = 20}]
"""

ZOLA_FRAME = """<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><title>{% block title %}Library{% endblock title %}</title></head>
<body>
<header><a href="/">Library</a></header>
<main>{% block main %}{% endblock main %}</main>
<footer>Free for all to use</footer>
</body>
</html>
"""

ZOLA_PAGE = """{% extends "base.html" %}{% block title %}{{ page.title }}{% endblock title %}{% block main %}
<article>
<h1>{{ page.title }}</h1>
<p>{{ page.description }}</p>
<p><time datetime="{{ page.date }}">{{ page.date }}</time></p>
<ul>{% for heading in page.toc %}<li><a href="{{ heading.permalink | safe }}">{{ heading.title }}</a></li>{% endfor %}</ul>
{{ page.content | safe }}
<ul>{% for term in page.taxonomies.themes %}<li><a href="/themes/{{ term }}/">{{ term }}</a></li>{% endfor %}
{% for term in page.taxonomies.councils %}<li><a href="/councils/{{ term | lower }}/">{{ term }}</a></li>{% endfor %}</ul>
</article>
{% endblock main %}
"""

ZOLA_LIST = """{% extends "base.html" %}{% block main %}
<h1>{{ TITLE }}</h1>
<ul>{% for page in paginator.pages %}<li><a href="{{ page.permalink | safe }}">{{ page.title }}</a><p>{{ page.description }}</p></li>{% endfor %}</ul>
{% if paginator.previous %}<a href="{{ paginator.previous }}">Previous</a>{% endif %}{% if paginator.next %}<a href="{{ paginator.next }}">Next</a>{% endif %}
{% endblock main %}
"""

ZOLA_TERMS = """{% extends "base.html" %}{% block main %}
<ul>{% for term in terms %}<li><a href="{{ term.permalink | safe }}">{{ term.name }}</a></li>{% endfor %}</ul>
{% endblock main %}
"""


class Zola:
    """Six templates; without its index for search."""

    command = ["zola", "--root"]
    # Its command comes after the folder.
    after = ["build", "--force"]

    @staticmethod
    def files(themes, councils):
        sections = {
            f"content/{folder}/_index.md": f'---\ntitle: "{folder}"\npaginate_by: 20\nsort_by: date\n---\n'
            for folder in ["case-studies", "guides", "packs"]
        }
        return sections | {
            "config.toml": ZOLA_SETTINGS,
            "content/_index.md": '---\ntitle: "Library"\n---\n',
            "templates/base.html": ZOLA_FRAME,
            "templates/page.html": ZOLA_PAGE,
            "templates/section.html": ZOLA_LIST.replace("TITLE", "section.title"),
            "templates/index.html": '{% extends "base.html" %}{% block main %}<h1>Library</h1>{% endblock main %}\n',
            "templates/taxonomy_list.html": ZOLA_TERMS,
            "templates/taxonomy_single.html": ZOLA_LIST.replace("TITLE", "term.name"),
        }

    @staticmethod
    def link(page):
        return f"@/{page['folder']}/{page['name']}.md"

    @staticmethod
    def front(page, council):
        return (
            f"title: {json.dumps(page['title'])}\ndescription: {json.dumps(page['summary'])}\ndate: {page['date']}\n"
            f"taxonomies:\n  themes: [{', '.join(page['themes'])}]\n  councils: [{page['council']}]\n"
        )


ELEVENTY_SETTINGS = """export default (settings) => {
  settings.setTemplateFormats(["md", "njk"]);
  return { dir: { input: "content", output: "public", includes: "../layouts" } };
};
"""

ELEVENTY_PAGE = """<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><title>{{ title }}</title><meta name="description" content="{{ description }}"></head>
<body>
<header><a href="/">Library</a></header>
<main><article>
<h1>{{ title }}</h1>
<p>{{ description }}</p>
{{ content | safe }}
<ul>{% for theme in themes %}<li>{{ theme }}</li>{% endfor %}</ul>
</article></main>
<footer>Free for all to use</footer>
</body>
</html>
"""


class Eleventy:
    """Pages alone: no lists, no indexes, no feed."""

    command = ["eleventy", "--quiet"]
    # It works in the folder that it is started in.
    inside = True

    @staticmethod
    def files(themes, councils):
        return {"eleventy.config.js": ELEVENTY_SETTINGS, "package.json": '{"type": "module"}\n', "layouts/page.njk": ELEVENTY_PAGE}

    @staticmethod
    def link(page):
        return f"/{page['folder']}/{page['name']}/"

    @staticmethod
    def front(page, council):
        return (
            f"layout: page.njk\ntitle: {json.dumps(page['title'])}\ndescription: {json.dumps(page['summary'])}\n"
            f"date: {page['date']}\nthemes: [{', '.join(page['themes'])}]\ntemplateEngineOverride: md\n"
        )


PEERS = {"casebook": Casebook, "hugo": Hugo, "zola": Zola, "eleventy": Eleventy}
