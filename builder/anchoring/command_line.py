"""The command `builder anchors`: settles what ledgers ask, and tells the life of addresses."""

from __future__ import annotations

from pathlib import Path

import click

from builder.options import F, config_option, settings_of


def _dry_run_option(command: F) -> F:
    return click.option(
        "--dry-run",
        is_flag=True,
        help="Print what would change (id, what, was, now), and write nothing.",
    )(command)


@click.group(subcommand_metavar="accept|reject|forward|init|log …")
def anchors() -> None:
    """Settle what happens to published addresses when a source changes.

    A build asks where it is not certain: is this still the passage p12? Each question names the
    command that answers it. DOCUMENT is a slug, or the path of the source. Answers are kept in the
    ledgers, seeds/anchors/*.txt: commit them.

    \b
    Examples:
      builder anchors accept port-security-plan p12
      builder anchors reject port-security-plan p12
      builder anchors accept port-security-plan --dry-run
      builder anchors log port-security-plan p12
    """


@anchors.command()
@config_option
@click.argument("words", nargs=-1, metavar="[DOCUMENT [ID…]]…")
@click.option("--all", "every", is_flag=True, help="Take every change of every document.")
@_dry_run_option
def accept(config_file: Path | None, words: tuple[str, ...], every: bool, dry_run: bool) -> None:
    """Say yes: the passages at these IDs are still the same.

    Without an ID the whole change of the DOCUMENT is taken as it is proposed: each address that is
    asked about and not answered becomes a tombstone, and its passage gets a new one. So answer the
    questions on IDs first. Where its source was removed, its page becomes a tombstone page.

    \b
    Examples:
      builder anchors accept port-security-plan p12 p14
      builder anchors accept port-security-plan
      builder anchors accept --all --dry-run
    """
    from builder.anchoring import desk

    if every == bool(words):
        raise click.UsageError("name a DOCUMENT, or say --all")
    desk.accept(settings_of(config_file), words, every=every, dry_run=dry_run)


@anchors.command()
@config_option
@click.argument("words", nargs=-1, required=True, metavar="DOCUMENT ID… [DOCUMENT ID…]…")
@_dry_run_option
def reject(config_file: Path | None, words: tuple[str, ...], dry_run: bool) -> None:
    """Say no: what stands there now are other passages.

    Each of these IDs becomes a tombstone, and its passage gets an address of its own. With the last
    answer the rest of the DOCUMENT's change is taken too, and told.

    \b
    Examples:
      builder anchors reject port-security-plan p12
      builder anchors reject seeds/port-security.txt p12 p14 --dry-run
    """
    from builder.anchoring import desk

    desk.reject(settings_of(config_file), words, dry_run=dry_run)


@anchors.command()
@config_option
@click.argument("document")
@click.argument("lost", metavar="ID")
@click.argument("into", metavar="INTO")
@_dry_run_option
def forward(config_file: Path | None, document: str, lost: str, into: str, dry_run: bool) -> None:
    """Let the address of a passage that is gone lead to one that stands.

    \b
    Examples:
      builder anchors forward port-security-plan p13 p12
    """
    from builder.anchoring import desk

    desk.forward(settings_of(config_file), document, lost, into, dry_run=dry_run)


@anchors.command()
@config_option
@click.argument("words", nargs=-1, required=True, metavar="DOCUMENT…")
@_dry_run_option
def init(config_file: Path | None, words: tuple[str, ...], dry_run: bool) -> None:
    """Start a new ledger for documents whose old one is lost.

    The passages are numbered anew: links to them may land elsewhere. If git has the old ledger,
    restore it instead: "git checkout -- seeds/anchors/DOCUMENT.txt".

    \b
    Examples:
      builder anchors init port-security-plan
    """
    from builder.anchoring import desk

    desk.start(settings_of(config_file), words, dry_run=dry_run)


@anchors.command()
@config_option
@click.argument("document")
@click.argument("name", required=False, default="", metavar="[ID]")
def log(config_file: Path | None, document: str, name: str) -> None:
    """Print the life of a document's addresses, by date, or of one ID.

    \b
    Examples:
      builder anchors log port-security-plan
      builder anchors log port-security-plan p12
    """
    from builder.anchoring import desk

    desk.log(settings_of(config_file), document, name)
