"""What the tagger tells apart, and how it says how likely each is."""

from enum import StrEnum

# The chances of a word to belong to a name of each kind of `Named`, in its order.
Chances = tuple[float, ...]


class Named(StrEnum):
    """What the tagger tells apart; the values are its training set's."""

    PERSON = "Person"
    ORGANISATION = "Organization"
    PLACE = "Location"
    EVENT = "Event"
    PRODUCT = "Product"
