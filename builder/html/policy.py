"""What a page may load and run: the policy that stands in the head of every page.

Browsers keep to it even where hostile text has come through everything else: they run no script and
apply no style that is written into a page, and ask no other host for anything. `site_overrides/
main.html` states the same policy, for templates of a theme are read by renderers that know nothing
of ours; `builder check --site` compares them. Data in a page (`application/ld+json`) is no script.
"""

from __future__ import annotations

POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; "
    "img-src 'self' data:; object-src 'none'; base-uri 'self'"
)
"""The content of `<meta http-equiv="Content-Security-Policy">`.

Compiling WebAssembly is allowed and evaluating text as a script is not; small images may stand in a
style sheet (`data:`).
"""
