"""The command that shows how files are read, and the option that it shares with indexing."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from corpus.article import METADATA, Article, EntityKind
from corpus.entities.acronyms import as_given
from corpus.language import code
from corpus.preparation import with_entities
from corpus.readers import archives
from corpus.readers.field_names import FIELDS
from corpus.readers.registry import READERS
from corpus.reading import Reading, SetAside

Command = TypeVar("Command", bound=Callable[..., Any])


def _mapping(
    context: click.Context, parameter: click.Parameter, pairs: tuple[str, ...]
) -> Mapping[str, str]:
    """Return {our field: name in the file} from "title=headline" given several times."""
    mapping = {}
    for pair in pairs:
        field, sign, name = (part.strip() for part in pair.partition("="))
        if field not in FIELDS or not sign or not name:
            raise click.BadParameter(
                f"« {pair} » n'a pas la forme CHAMP=NOM, où CHAMP est l'un de {', '.join(FIELDS)}."
            )
        mapping[field] = name
    return mapping


def map_option(command: Command) -> Command:
    """Give a command the option that names the fields of records; it arrives as `mapping`."""
    return click.option(
        "--map",
        "mapping",
        metavar="CHAMP=NOM",
        multiple=True,
        callback=_mapping,
        help="Nom que porte un de nos champs dans les fichiers JSON et CSV, par exemple "
        f"title=intitule ; à répéter. Champs : {', '.join(FIELDS)}.",
    )(command)


@click.command(help="Énumère les formats qui sont lus, et ce que chacun donne.")
def formats() -> None:
    """Print each format: its name, how it is told, what it gives, what it needs."""
    for one in (*(reader.FORMAT for reader in READERS), *archives.FORMATS):
        click.echo(one.name)
        click.echo(f"  reconnu à : {one.told_by}")
        if one.labels:
            click.echo(f"  donne aussi : {', '.join(one.labels)}")
        if one.extra:
            state = "installé" if one.is_ready else "à installer"
            click.echo(f"  demande : {one.command} ({state})")


def _languages(
    context: click.Context, parameter: click.Parameter, names: tuple[str, ...]
) -> frozenset[str]:
    """Return the codes of languages given as "fr", "fr-CA" or "français", several times."""
    for name in names:
        if not code(name):
            raise click.BadParameter(f"« {name} » n'est pas une langue ; écrivez par exemple fr.")
    return frozenset(map(code, names))


def lang_option(command: Command) -> Command:
    """Give a command the option that chooses languages; it arrives as `languages`."""
    return click.option(
        "--lang",
        "languages",
        metavar="LANGUE",
        multiple=True,
        callback=_languages,
        help="Ne garde que les articles en cette langue, par exemple fr ; à répéter. Ceux dont "
        "la langue ne se reconnaît pas sont gardés.",
    )(command)


@click.command(help="Montre ce qui est lu dans des fichiers : un article en JSON par ligne.")
@click.argument(
    "paths", metavar="CHEMIN...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@map_option
@lang_option
def inspect(paths: tuple[Path, ...], mapping: Mapping[str, str], languages: frozenset[str]) -> None:
    """Print each article as it would be indexed, and tell what is set aside."""
    count = 0
    for item in Reading(paths, mapping, languages=languages):
        if isinstance(item, SetAside):
            click.echo(item, err=True)
        else:
            count += 1
            line = json.dumps(_as_json(item), ensure_ascii=False)
            click.echo(line.encode())  # UTF-8 whatever the terminal's encoding
    if not count:
        raise click.ClickException(
            "Aucun article n'a pu être lu : chaque raison est dite plus haut."
        )


def _as_json(article: Article) -> dict[str, object]:
    article = with_entities(article)
    return {
        "file": article.file,
        "id": article.id,
        "title": article.title,
        "body": article.body,
        "date": str(article.published) if article.published else None,
        "source": article.source,
        "section": article.section,
        "author": article.author,
        "url": article.url,
        "published": article.published.isoformat() if article.published else None,
        **{name: getattr(article, name) for name in METADATA},
        "countries": [one.key for one in article.named(EntityKind.COUNTRY)],
        "countries_about": list(article.about),
        "countries_title": [one.key for one in article.titled(EntityKind.COUNTRY)],
        "persons": [one.label for one in article.named(EntityKind.PERSON)],
        "orgs": [as_given(article, one) for one in article.named(EntityKind.ORGANISATION)],
    }
