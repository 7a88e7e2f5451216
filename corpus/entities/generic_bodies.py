"""Names of many bodies at once, which are no one's: « conseil municipal »."""

import re

_GENERIC = re.compile(
    r"""conseil\ (?:des\ ministres|municipal|d'\ administration|de\ securite$)
    |cour\ d'\ (?:assises$|honneur)|cour\ de\ (?:l'\ ecole|recreation)
    |(?:direction|assemblee)\ generale$|commission\ d'\ enquete$|centre\ ville|haute\ autorite$
    |(?:conseil|banque|bureau)\ (?:national|regional|departemental|centrale|politique|de\ vote)$
    |chambre\ (?:haute|basse)$|societe\ civile|service\ public|section\ \w+$|groupe\ \w$
    |universite\ d'\ ete|hotel\ de\ ville
    |ligue\ (?:des\ champions|europa|[12]$)|comite\ central\ d'\ entreprise|forces\ de\ l'\ ordre
    |police\ (?:nationale|municipale|judiciaire|scientifique)$|groupe\ parlementaire
    |union\ sovietique|(?:ecole|lycee|college)\ (?:de|du|d')\ """,
    re.VERBOSE,
)


def is_generic(name: str) -> bool:
    """Tell whether a name is a common noun for many bodies: « conseil municipal »."""
    return bool(_GENERIC.match(name))
