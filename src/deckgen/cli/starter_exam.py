"""The exam that `deckgen new --kind exam` makes: questions, points and grades, and a class list."""

from __future__ import annotations

_CARDS = r"""#:schema ../schema/cards.json

[deck]
name = "Statistics"
bank = true          # private: on sheets alone, and in no package or page

[source.asa]
title = "The ASA Statement on p-Values: Context, Process, and Purpose"
url   = "https://doi.org/10.1080/00031305.2016.1154108"
year  = 2016

# A wrong idea that learners have. Distractors name it, and marking counts who holds it.
[[misconception]]
id         = "p-value-of-hypothesis"
claim      = "A p-value is the probability that the null hypothesis is true."
verdict    = "false"
correction = "It is the probability of data at least as extreme as these if the null hypothesis were true."
sources    = ["asa"]

[[misconception]]
id         = "median-is-mean"
claim      = "The median is the sum of all values, divided by how many there are."
verdict    = "false"
correction = "That is the mean. The median is the value in the middle when all are put in order."

# Several questions are about it: it is printed once, before them.
[[stem]]
id    = "waiting-times"
title = "Waiting times"
text  = "Five patients waited for 4, 7, 7, 10 and 22 minutes."

[[question]]
id          = "median"
type        = "choice"
stem        = "waiting-times"
prompt      = "What is the median?"
answer      = "7 minutes"
distractors = [
  { text = "10 minutes", misconception = "median-is-mean" },
  { text = "13 minutes", why = "It is half-way between the least and the greatest value." },
  { text = "18 minutes", why = "It is the range." },
]

[[question]]
id          = "an-outlier"
type        = "multiple"
stem        = "waiting-times"
prompt      = "The last patient waits for 60 minutes instead of 22. Which of these change?"
answers     = ["the mean", "the range", "the standard deviation"]
distractors = ["the median", "the mode"]
points      = 3

[[question]]
id     = "why-median"
type   = "open"
stem   = "waiting-times"
prompt = "A newspaper wants to print one number: the mean or the median? Give a reason."
model  = "The median: a single long wait pulls the mean up, so that most people waited for less than the mean."
points = 4
lines  = 4

[[question]]
id          = "p-value"
type        = "choice"
prompt      = "A test gives $p = 0.03$. What does that mean?"
answer      = "If the null hypothesis is true, data this extreme have a probability of 3 %."
distractors = [
  { text = "Given these data, the null hypothesis has a probability of 3 %.", misconception = "p-value-of-hypothesis" },
  { text = "The effect is 3 % of what it could be.", why = "The size of an effect is another number." },
]
points      = 2
sources     = ["asa"]

[[question]]
id    = "which-measure"
type  = "matching"
prompt = "Which measure says what?"
pairs = [
  ["mean", "where the values balance"],
  ["mode", "which value is the most frequent"],
  ["range", "how far the extremes are apart"],
]
points = 3

# Each version of the exam has other numbers; `deckgen check` tries all of them.
[[question]]
id        = "z-score"
type      = "numeric"
params    = { mu = { min = 60, max = 100, step = 10 }, s = { one_of = [4, 8] }, d = { one_of = [-14, -6, 6, 14] } }
prompt    = "The mean of a test is @{mu}, its standard deviation @{s}. Which $z$-score does a score of @{mu + d} have?"
answer    = { expr = "d / s", digits = 2 }
tolerance = 0.01
points    = 2

[[question]]
id          = "marbles"
type        = "choice"
params      = { r = { one_of = [2, 3] }, b = { one_of = [5, 7, 8] } }
prompt      = "A bag has @{r} red and @{b} blue marbles. One is drawn. What is the probability that it is red?"
answer      = "@{r}/@{r + b}"
distractors = [
  { text = "@{r}/@{b}", why = "These are the odds: red to blue." },
  { text = "1/@{r}", why = "All marbles count, not the red ones alone." },
  "@{b}/@{r + b}",
]

[[sheet]]
id              = "midterm"
title           = "Statistics: midterm"
outputs         = ["paper"]    # not on the web site
versions        = 2            # neighbours have different ones
student_number  = 7            # so many digits, in bubbles
written_answers = true         # a box on the answer sheet for what is written
grading_table   = true

[[sheet.section]]
title = "Choose and calculate"
from  = ["type:choice", "type:multiple", "type:matching", "type:numeric"]

[[sheet.section]]
title = "In your own words"
from  = ["type:open"]
"""

_CLASS = """\
number,name
1203312,Ada Lovelace
1203348,Florence Nightingale
1203355,George Boole
1203401,Grace Hopper
1203427,Jacob Bernoulli
1203466,John Tukey
1203472,Karl Pearson
1203490,Mary Somerville
"""

#: What is added to `deckgen.toml`.
SETTINGS = """
[sheet]
partial = { multiple = "balanced" }   # who ticks everything earns nothing

[grades]   # the least score of each, in per cent of all points
A = "90 %"
B = "80 %"
C = "65 %"
D = "50 %"
F = "0 %"
"""

#: What is added to `.gitignore`: students' data.
IGNORE = """\
class.csv
exams/
marked/
"""

CARDS = {"cards/statistics.toml": _CARDS, "class.csv": _CLASS}
