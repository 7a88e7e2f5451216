"""Damaged files of the general formats, and traps: an article or a clean reason comes of each."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers import json_records, plain_text, tables, web_page
from corpus.readers.field_names import FieldNames
from corpus.readers.registry import READERS, Reader
from corpus.records import SetAside
from corpus.units import outcomes, units_of
from tests.corpus.mutations import articles_or_reasons, damaged
from tests.corpus.opened import opened
from tests.corpus.test_formats import RICH
from tests.corpus.test_press_formats import GOLDENS

PAGE = (Path(__file__).parent / "data/pages/json_ld.html").read_bytes()
SAMPLES = {reader: sample.encode() for reader, sample in RICH}


def packed(data: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("page.html", data)
        archive.writestr("page.html.gz", gzip.compress(data))
    return content.getvalue()


def reasons(data: bytes) -> list[str]:
    found = [one for unit in units_of(opened(data)) for one in outcomes(unit, FieldNames(), None)]
    return [one.reason for one in found if isinstance(one, SetAside)]


@given(damaged(PAGE))
def test_pages(data: bytes) -> None:
    assert articles_or_reasons(web_page, data) == 1


@given(st.data())
@pytest.mark.parametrize("reader", [json_records, tables, plain_text])
def test_general_formats(reader: Reader, data: st.DataObject) -> None:
    articles_or_reasons(reader, data.draw(damaged(SAMPLES[reader])))


@given(damaged(packed(PAGE)))
def test_archives(data: bytes) -> None:
    assert "lecture impossible" not in " ".join(reasons(data))


def test_every_reader_has_samples_to_be_damaged() -> None:
    assert {*SAMPLES, *(reader for reader, _, _ in GOLDENS)} == set(READERS)


@pytest.mark.parametrize(
    ("trap", "reason"),
    [
        (gzip.compress(bytes(100 * 2**20)), "se décompresse plus de 500 fois"),
        (b'<!DOCTYPE nitf [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><nitf>&b;</nitf>', "entités"),
        (b"[" * 200_000, "imbriqué"),
        (b'{"title": ' + b'{"a": ' * 100_000, "imbriqué"),
        (b"{\\rtf1 " + b"{" * 100_000, "imbriqué"),
        (b"<html><body>" + b"<div>" * 300_000, ""),
    ],
)
def test_traps_are_refused(trap: bytes, reason: str) -> None:
    assert any(reason in one for one in reasons(trap)), reasons(trap)
