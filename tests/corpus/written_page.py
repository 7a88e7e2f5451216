"""A web page as papers write them, to be changed in one place by a test."""

import json

from corpus.article import Article
from corpus.readers.web_page import page_record
from corpus.records import to_article

TITLE = "Le phare de la Vieille rallumé"
LEAD = "Éteint depuis l’automne, le phare du raz de Sein guide à nouveau les pêcheurs du cap."
BODY = (
    "Les techniciens des Phares et Balises ont attendu trois semaines une mer assez calme pour "
    "débarquer sur la roche, au large de la pointe du Raz, avec leurs batteries et leurs vivres.",
    "La panne venait d’un câble rongé par le sel. « On l’avait changé il y a dix ans », soupire "
    "le chef de la subdivision de Brest, qui promet une visite chaque printemps désormais.",
    "À Audierne, les marins-pêcheurs n’ont pas caché leur soulagement. Plusieurs avaient écrit au "
    "préfet maritime après l’échouage d’un caseyeur, en novembre, à deux milles de là.",
)
PARAGRAPHS = "".join(f"<p>{paragraph}</p>" for paragraph in BODY)
AROUND = """
<nav><a href="/">Accueil</a> <a href="/mer">Mer</a></nav>
<div id="cookie-banner"><p>En poursuivant votre navigation, vous acceptez que nous déposions des
cookies sur votre appareil, afin de mesurer l’audience et de vous proposer des offres.</p></div>
"""
AFTER = """
<div class="share-bar">Partager sur <a href="#">Facebook</a></div>
<section class="related"><h2>Lire aussi</h2><ul><li><a href="/2">Un autre phare, une autre panne,
et les mêmes marins en colère devant la préfecture</a></li></ul></section>
<section id="comments"><p>Bravo aux techniciens ! Mon grand-père y fut gardien pendant onze ans, et
il racontait souvent les relèves manquées, les repas froids et les nuits de tempête.</p></section>
<footer><p>Tous droits réservés. Ce site est édité par une société imaginaire.</p></footer>
"""


def page(head: str = "", body: str = PARAGRAPHS, title: str = f"<h1>{TITLE}</h1>") -> str:
    return (
        f"<!DOCTYPE html><html><head><title>{TITLE} - Le Cap</title>{head}</head><body>{AROUND}"
        f"<div class='wrap'>{title}<div class='text'>{body}</div></div>{AFTER}</body></html>"
    )


def article(html: str) -> Article:
    return to_article(page_record(html), "page.html")


def json_ld(**fields: object) -> str:
    data = {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'
