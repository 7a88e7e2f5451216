"""What is read is admitted once: duplicates, versions and withdrawals are told from what is new."""

from collections.abc import Iterator
from dataclasses import replace

from corpus.article import Article
from corpus.identity import versioned
from corpus.ledger import Entry, Ledger
from corpus.records import Fate, SetAside, Withdrawal
from corpus.units import Cleaned, Outcome, kept


def admitted(found: list[Outcome], entry: Entry | None, ledger: Ledger) -> list[Article | SetAside]:
    """Return the articles that are new, with notices of what became of the others.

    entry: of the file that they are in, None for what no file of the ledger holds.
    ledger: it is brought up to date.
    """
    items: list[Article | SetAside] = []
    for outcome in found:
        if isinstance(outcome, Withdrawal) and entry is not None:
            _withdraw(outcome, entry, ledger)
        items += [outcome] if isinstance(outcome, SetAside) else _admit(outcome, entry, ledger)
    aside = [item for item in items if isinstance(item, SetAside)]
    if entry is None:
        ledger.passed_over += aside
    else:
        entry.aside += aside
        entry.units += 1
    return items


def _admit(cleaned: Cleaned, entry: Entry | None, ledger: Ledger) -> Iterator[Article | SetAside]:
    article, content = cleaned.article, cleaned.content
    earlier = ledger.overtake(content)
    article_id = ledger.identities.admit(article.id, content)
    if article_id is None:
        reason = f"doublon : l'article {article.id} a déjà été lu, au même contenu"
        if ledger.identities.is_overtaken(content):
            reason = f"version antérieure d'une dépêche déjà lue ou retirée ({article.id})"
        yield replace(kept(cleaned, reason), fate=Fate.SKIPPED)
        if entry is not None:
            entry.repeated.append(content)
        return
    if article_id != article.id:
        reason = f"l'identifiant {article.id} est pris par un autre article"
        yield kept(cleaned, f"{reason} ; gardé sous {article_id}")
    if earlier:
        reason = f"remplace une version antérieure de la dépêche, déjà lue ({article.id})"
        yield replace(kept(cleaned, reason), fate=Fate.SKIPPED)
    if cleaned.remark:
        yield kept(cleaned, cleaned.remark)
    if entry is not None:
        entry.held.append((article_id, content))
    yield replace(article, id=article_id)


def _withdraw(notice: Withdrawal, entry: Entry, ledger: Ledger) -> None:
    """Let go of what an agency takes back, and remember it: an earlier version may come."""
    if content := versioned("", notice.dispatch, notice.version):
        ledger.overtake(content)
        stands = ledger.identities.admit("", content) is not None
        entry.held += [("", content)] * stands
        entry.repeated += [content] * (not stands)
