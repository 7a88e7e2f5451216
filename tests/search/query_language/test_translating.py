"""Queries as people paste them from Europresse and Factiva."""

import pytest

from search.query_language.parsing import parse
from search.query_language.printing import to_text
from search.query_language.translating import translated


@pytest.mark.parametrize(
    ("pasted", "meant"),
    [
        # Europresse
        ("TIT_HEAD=armée syrie & TEXT=alep", "titre:(armée syrie) texte:alep"),
        ('TEXT= ("trêve" | damas) ! kurde', 'texte:("trêve" OU damas) SAUF kurde'),
        ("TIT_HEAD=(climat+ | GIEC) & TEXT=méthane", "titre:(climat OU giec) texte:méthane"),
        ("AUT_BY=marec & TIT_HEAD=crue", "auteur:marec titre:crue"),
        ("TEXT=méthane >2", "AU MOINS 3 texte:méthane"),
        (
            "TEXT=(méthane | gaz) >1 & TIT_HEAD=climat",
            "texte:(AU MOINS 2 (méthane OU gaz)) titre:climat",
        ),
        ("TEXT=crue %5 pont WITHOUT Rhône", "texte:crue PRES/5 pont SAUF rhône"),
        # Factiva
        ("hd=syrie and russie", "titre:syrie russie"),
        (
            "(russie or moscou) and hd=alep not td=kurde",
            "(russie OU moscou) titre:alep -texte:kurde",
        ),
        ("syrie near5 armée", "syrie PRES/5 armée"),
        ("syrie/N5/armée", "syrie PRES/5 armée"),
        ("président w/2 républi*", "président ADJ/2 républi*"),
        ("président adj5 syrie and hd=damas", "président ADJ/5 syrie titre:damas"),
        ("atleast3 sncf", "AU MOINS 3 sncf"),
        ("northern ireland and hd=peace agreement", '"northern ireland" titre:"peace agreement"'),
        ("russ$ and hd=syri$2", "russ* titre:syri*"),
        ("hd=syrie and date from 20151101 to 20160229", "titre:syrie date:2015-11..2016-02"),
        ("syrie and date after 26/11/2015", "syrie date:2015-11-27.."),
        ("syrie and date before 2016-01-01", "syrie date:..2015"),
        ("by=marec and sn=courrier and se=sport", "auteur:marec source:courrier rubrique:sport"),
        ("re=(fra or gfr) and crue and wc>0", "pays:(FR OU DE) crue"),
        ("[syrie or irak] and hd=alep", "(syrie OU irak) titre:alep"),
        ("hd=syrie -(kurde or turc)", "titre:syrie -(kurde OU turc)"),
        # Either
        ("syrie and alep not damas", "syrie alep -damas"),
        ("(syrie or irak) and frappes", "(syrie OU irak) frappes"),
        ('"black and white" and not couleur', '"black and white" -couleur'),
    ],
)
def test_it_means_the_same_here(pasted, meant):
    found, expected = parse(pasted), parse(meant)
    assert to_text(found.tree) == to_text(expected.tree)
    assert found.remarks


@pytest.mark.parametrize(
    ("pasted", "meant", "told"),
    [
        ("hlp=syrie", "syrie", "« hlp= »"),
        ("LEAD=syrie", "texte:syrie", "« LEAD= »"),
        ("rst=lmonde and syrie", "source:lmonde syrie", "codes de Factiva"),
        ("la=fr and syrie", "syrie", "« la=fr »"),
        ("syrie not la=en and alep", "syrie alep", "« la=en »"),
        ("syrie and (alep or ns=(gcat or gpol))", "syrie alep", "« ns=(gcatorgpol) »"),
        ("syrie and wc>500", "syrie", "« wc>500 »"),
        ("syrie/F50/ and alep", "syrie alep", "« /F50/ »"),
        ("syrie same damas and hd=alep", "syrie PRES/50 damas titre:alep", "même paragraphe"),
        ("DOC_TYPE=brève & syrie", "syrie", "« DOC_TYPE=brève »"),
        ("date after hier and syrie", "syrie", "« date after hier »"),
        ("TEXT=crue $ pont", "texte:crue PRES/15 pont", "même phrase"),
    ],
)
def test_what_has_no_equivalent_is_said(pasted, meant, told):
    found = parse(pasted)
    assert to_text(found.tree) == to_text(parse(meant).tree)
    assert any(told in remark for remark in found.remarks)


@pytest.mark.parametrize(
    "text",
    ["syrie", "or et argent", "cours de l'or", '"and" not', "date limite", "E=mc2", "a/b", "50 %",
     "near Alep", "syrie & irak", "AT&T", "titre:x", "jean@exemple.org", "100 $", "bravo !",
     "PRES/5", "> 3", "and", "la même date"],
)  # fmt: skip
def test_ours_stays_as_it_is(text):
    remarks: list[str] = []
    assert translated(text, remarks) == text
    assert not remarks
