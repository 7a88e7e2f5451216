"""Edit distance between two words."""


def within_edits(one: str, other: str, most: int) -> bool:
    """Tell whether at most so many insertions, deletions or substitutions part two words.

    Levenshtein's distance, by rows, given up as soon as a whole row exceeds `most`.
    """
    if abs(len(one) - len(other)) > most:
        return False
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, against in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (letter != against))
        if min(row) > most:
            return False
    return row[-1] <= most
