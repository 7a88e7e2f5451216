"""The numbers under a list of results."""

GAP = 0  # stands where numbers are left out
AROUND = 2


def page_numbers(current: int, last: int) -> tuple[int, ...]:
    """Return the pages to link: the first, the last, and those around the current one.

    GAP stands between two numbers that do not follow one another; a single
    missing number is written instead of its gap.
    """
    near = range(current - AROUND, current + AROUND + 1)
    wanted = sorted({1, last, *(page for page in near if 1 <= page <= last)})
    numbers: list[int] = []
    for page in wanted:
        missing = page - numbers[-1] - 1 if numbers else 0
        if missing:
            numbers.append(page - 1 if missing == 1 else GAP)
        numbers.append(page)
    return tuple(numbers)
