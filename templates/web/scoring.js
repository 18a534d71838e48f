// What an answer is worth. The twin of src/deckgen/scoring.py, where the rules are explained; tests/scoring/cases.toml
// holds both to the same results. Points are whole numbers of a unit, of which the page says how many make a point: so
// sums are exact, and no grade depends on how a computer rounds. A share is 1 at most, below 0 where wrong options took
// more than right ones gave.

const scoring = {
  /** The share that an answer earns by its parts, each worth 0 to 1: all count alike, or the worst alone. */
  parts: ({ partial }, worths) =>
    partial === "none" ? Math.min(...worths) : worths.reduce((sum, worth) => sum + worth, 0) / worths.length,
  /** Of options to tick. */
  options({ partial, options }, chosen, right) {
    const hits = right.filter((each) => chosen.includes(each)).length;
    const misses = chosen.length - hits;
    const wrong = options - right.length;
    if (partial === "none") return Number(hits === right.length && !misses);
    if (partial === "options") return (hits + wrong - misses) / options;
    return hits / right.length - misses / (partial === "balanced" && misses ? wrong : right.length);
  },
  /** Of entries in an order, named by their places in the right one, from 0. */
  order(rule, given) {
    if (rule.partial !== "adjacent") return scoring.parts(rule, given.map((entry, place) => Number(entry === place)));
    return given.filter((entry, place) => place && entry === given[place - 1] + 1).length / (given.length - 1);
  },
  /** The grade of so many points; `grades` are pairs of a name and its least points, from the best one down. */
  grade: (grades, points) => (grades.find(([, least]) => points >= least) ?? grades.at(-1))[0],
  points: ({ points, penalty, floor }, share) => Math.max(floor, Math.round(points * share) - (share > 0 ? 0 : penalty)),
};
