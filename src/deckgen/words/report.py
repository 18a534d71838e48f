"""Words of the report on a test that was marked."""

from __future__ import annotations

WORDS = {
    "report-all-questions": "All questions",
    # Cronbach's coefficient alpha, the reliability of a test.
    "report-alpha": "alpha",
    # What many of a class hold true, and is false.
    "report-beliefs": "What the class believes",
    # Head of a column: how many chose an option.
    "report-chosen-all": "all",
    "report-chosen-lower": "lower",
    "report-chosen-upper": "upper",
    "report-chosen": "“{upper}”, “{lower}”: how many of the third with the most and the fewest points chose an option; one that fewer than {share} choose does nothing ({source}).",
    "report-count-of": "{count} of {all}",
    "report-deviation": "standard deviation",
    "report-difficulty": "p: the mean share of the points.",
    "report-discrimination": "r: the correlation with the points of all other questions; below {bound} it hardly tells the strong from the weak ({source}).",
    "report-few": "With fewer than {count} persons these figures say little.",
    "report-first": "What to look at first",
    "report-flag-easy": "nearly everybody answers it (p > {bound})",
    "report-flag-hard": "hardly anybody answers it (p < {bound})",
    "report-flag-idle": "a wrong option is chosen by fewer than {bound}",
    # The strong and the weak: students with many and with few points.
    "report-flag-key": "the strong answer it worse than the weak: check the key",
    "report-flag-tempting": "a wrong option is chosen more by the strong than by the weak",
    "report-flag-weak": "it hardly tells the strong from the weak (r < {bound})",
    # How many have each grade.
    "report-grades": "Grades",
    # Head of a column of per cents: so many hold a misconception.
    "report-hold-it": "hold it",
    "report-item-analysis": "Item analysis",
    # What nobody decided yet.
    "report-left-out": "It is left out of all figures.",
    "report-mean": "mean",
    "report-misconception": "misconception",
    "report-not-decided": "Not decided yet",
    "report-option": "option {number}",
    "report-per-cent": "{number}%",
    "report-persons": "persons",
    "report-question": "question",
    "report-unreliable": "Alpha is below {bound}, the least that is good for a test in class ({source}): do not rely on small differences of points.",
}
