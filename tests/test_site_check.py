"""The check of a built site finds what is wrong and nothing else."""

import html5lib
import pytest

from builder.html.policy import POLICY
from builder.publishing.site_check import check_site, read_page

STATED = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
HEAD = STATED + '<title>{title}</title><meta name="description" content="About {title}">'


def page(body: str = "", title: str = "Home", head: str = "") -> str:
    head = HEAD.format(title=title) + head
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


def problems_of(folder, files: dict[str, str], site_url: str = "") -> list[str]:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return [problem.what for problem in check_site(folder, site_url=site_url)]


def test_a_good_site(tmp_path):
    body = (
        '<a href="a/">a</a><a href="a/#p1">p</a><a href="#top">t</a><a href="https://example.org/">o</a>'
        '<a href="mailto:a@example.org">m</a><img src="a/x.png" alt=""><h1 id="top">T</h1>'
        '<img src="data:image/png;base64,AAAA" alt=""><a href="a/x.png">file</a>'
        '<a href="a/#p1:~:text=one">quoted</a><a href="./?q=x">q</a>'
        "<!-- <a href='nowhere/' style='x'> -->"
        '<script type="application/ld+json">"<a href=\'nowhere/\' onclick=x>"</script>'
    )
    head = '<link rel="canonical" href="https://example.org/"><link rel="stylesheet" href="x.css">'
    files = {
        "index.html": page(body, head=head),
        "a/index.html": page('<p id="p1">one</p><a href="..">home</a><a href=".">me</a>', "A"),
        "a/x.png": "",
        "x.css": "/* url(https://example.org/x) */ a { background: url('a/x.png') url(data:,x) }",
        "404.html": page('<a href="/">home</a><link rel="stylesheet" href="/x.css">', "404"),
    }
    assert problems_of(tmp_path, files) == []


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ('<a href="b/">', 'the link "b/" leads nowhere'),
        ('<a href="a">', 'the link "a" makes the server redirect'),
        ('<a href="a/#p9">', 'the link "a/#p9" leads to a passage that is not there'),
        ('<a href="#p9">', 'the link "#p9" leads to a passage that is not there'),
        ('<a href="../../x/">', 'the link "../../x/" leads nowhere'),
        ('<a href="/x/">', 'the link "/x/" leads nowhere'),
        ('<area href="b/">', 'the link "b/" leads nowhere'),
        ("<a href=b/>", 'the link "b/" leads nowhere'),
        ("<A HREF='b/'>", 'the link "b/" leads nowhere'),
        ('<a href="&#98;/">', 'the link "b/" leads nowhere'),
        ('<form action="b/"></form>', 'the link "b/" leads nowhere'),
        ('<a href="javascript:alert(1)">', 'a link to "javascript:alert(1)" may run something'),
        ('<a href="JavaScript&#58;alert(1)">', 'a link to "JavaScript:alert(1)" may run something'),
        ('<a href="data:text/html,x">', 'a link to "data:text/html,x" may run something'),
        ('<p id="p1"></p><p id="p1"></p>', 'the id "p1" stands twice'),
        ('<img src="x.png">', '"x.png" is not there'),
        ('<img srcset="a/x.png 1x, y.png 2x">', '"y.png" is not there'),
        (
            '<img src="https://example.org/x.png">',
            'asks another host for "https://example.org/x.png"',
        ),
        (
            '<script src="//example.org/x.js"></script>',
            'asks another host for "//example.org/x.js"',
        ),
        (
            '<iframe src="https://example.org/"></iframe>',
            'asks another host for "https://example.org/"',
        ),
        (
            '<svg><use href="https://e.org/#x"></use></svg>',
            'asks another host for "https://e.org/#x"',
        ),
        ('<link rel="preconnect" href="https://e.org/">', 'asks another host for "https://e.org/"'),
        ("<p STYLE='width: 5%'>", 'the style of a <p> ("style=") is not applied'),
        ("<style>p { color: red }</style>", "a style that is written into the page is not applied"),
        ("<svg><style>p {}</style></svg>", "a style that is written into the page is not applied"),
        ("<script>alert(1)</script>", "a script that is written into the page is not run"),
        (
            '<script type="module">alert(1)</script>',
            "a script that is written into the page is not run",
        ),
        ('<img src="a/x.png"/onerror=alert(1)>', 'the script of a <img> ("onerror=") is not run'),
        ('<iframe srcdoc="x"></iframe>', "a <iframe> holds a page in itself"),
        (STATED, "the page states a second policy"),
        ('<base href="/x/">', "a <base> bends every address"),
    ],
)
def test_what_is_wrong(tmp_path, body, what):
    files = {"index.html": page(body), "a/index.html": page("", "A"), "a/x.png": ""}
    assert problems_of(tmp_path, files) == [what]


@pytest.mark.parametrize("what", ['<p style="background:{}">', "<style>p {{ {} }}</style>"])
def test_styles_in_a_page_are_no_way_to_another_host(tmp_path, what):
    problems = problems_of(tmp_path, {"index.html": page(what.format("url(https://e.org/x)"))})
    assert 'asks another host for "https://e.org/x"' in problems
    assert len(problems) == 2


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (STATED, "", "the page does not say what it may load and run"),
        (STATED, f'<script src="x.js"></script>{STATED}', "a <script> stands before the policy"),
        (
            STATED,
            f'<link rel="stylesheet" href="x.css">{STATED}',
            "a <link> stands before the policy",
        ),
        ("script-src 'self'", "script-src 'self' 'unsafe-inline'", "the policy of the page is"),
    ],
)
def test_every_page_states_the_policy_before_anything_else(tmp_path, old, new, what):
    files = {"index.html": page().replace(old, new), "x.js": "", "x.css": ""}
    (told,) = problems_of(tmp_path, files)
    assert told.startswith(what)


def test_styles_are_checked(tmp_path):
    css = {"x.css": "@import 'https://e.org/x.css'; @font-face { src: url(fonts/none.woff2) }"}
    assert problems_of(tmp_path, css) == [
        'asks another host for "https://e.org/x.css"',
        '"fonts/none.woff2" is not there',
    ]


def test_titles_and_descriptions_are_a_page_s_own(tmp_path):
    files = {"index.html": page(), "a/index.html": page(), "b/index.html": STATED}
    assert problems_of(tmp_path, files) == [
        "the page has no title",
        "the page has no description",
        'its title "Home" is also that of a/index.html',
        'its description "About Home" is also that of a/index.html',
    ]


def test_under_a_sub_path_rooted_links_need_the_path(tmp_path):
    files = {
        "index.html": page('<a href="/docs/a/">a</a><a href="/a/">b</a>'),
        "a/index.html": page("", "A"),
    }
    assert problems_of(tmp_path, files, "https://example.org/docs/") == [
        'the link "/a/" leads nowhere'
    ]


def test_places_name_page_and_line(tmp_path):
    (tmp_path / "index.html").write_text(page("\n\n<a href='b/'>"))
    (problem,) = check_site(tmp_path)
    assert str(problem.place) == f"{tmp_path.name}/index.html:3"


def test_what_is_wrong_everywhere_is_told_once(tmp_path):
    files = {f"{name}/index.html": page('<a href="../b/">', name) for name in "xyz"}
    problems_of(tmp_path, files)
    (problem,) = check_site(tmp_path)
    assert problem.hint == "and 2 more times"


def test_it_reads_pages_as_an_html_parser_does(built):
    for file in sorted(built.site.rglob("*.html")):
        html = file.read_text(encoding="utf-8")
        tree = html5lib.parse(html, namespaceHTMLElements=False)
        ours = read_page(html, file.name)
        assert ours.ids == {element.get("id") for element in tree.iter() if element.get("id")} | {
            element.get("name") for element in tree.iter("a") if element.get("name")
        }
        links = [
            element.get("href") for element in tree.iter("a") if element.get("href") is not None
        ]
        assert set(links) <= {url for _, url in ours.leads}
        assert ours.title == tree.find("head/title").text.strip()


def test_the_built_site_is_in_order(built):
    assert [str(problem) for problem in check_site(built.site)] == []
    assert [str(problem) for problem in built.outcome.problems] == []
