(() => {
// Joins a framed document to the page around it. The document has no rights, so all passes through messages; what
// comes from it is data that the page does not trust.
"use strict";
const wish = new URLSearchParams(location.hash.slice(1));
const tell = (what) => parent.postMessage({ deckgen: true, ...what }, "*");
const isCard = () => typeof window.show === "function" && document.getElementById("qa");

// A card that shuffles its options shuffles them alike each time it is shown anew after a save.
const seed = Number(wish.get("seed"));
let chance = seed;
if (seed) {
  Math.random = () => {
    chance = (chance + 0x6d2b79f5) | 0;
    let t = Math.imul(chance ^ (chance >>> 15), 1 | chance);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const isTyping = (target) =>
  target.matches && target.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (isTyping(event.target) && event.key !== "Escape") return;
  const keys = isCard() ? [" ", "Enter", "j", "k", "n", "p", "d", "w", "/", "Escape"] : ["/", "Escape"];
  if (!keys.includes(event.key)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  tell({ key: event.key });
}, true);

// A card puts the focus on its field by itself, as in Anki. Here that would take the keys away from the list, until
// somebody comes into the card.
let entered = false;
for (const how of ["pointerdown", "keydown"]) addEventListener(how, () => (entered = true), { capture: true, once: true });
const focus = HTMLElement.prototype.focus;
HTMLElement.prototype.focus = function (...how) {
  if (entered || !isCard()) focus.apply(this, how);
};

let waiting = 0;
addEventListener("scroll", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => tell({ y: scrollY }), 60);
}, { passive: true });

// The front comes first, as in Anki: the back of a card may go by what was done there.
let renewing = false;
async function showAnew(side, y) {
  renewing = true;
  chance = seed;
  await show("front");
  if (side === "back") await show("back");
  scrollTo(0, y);
  renewing = false;
}

addEventListener("message", async (event) => {
  if (event.source !== parent || !event.data) return;
  const { show: side, sides: anew, y } = event.data;
  if (typeof y === "number") scrollTo(0, y);
  if (!isCard()) return;
  if (anew) {
    Object.assign(sides, anew);
    await showAnew(document.getElementById("qa").dataset.side, scrollY);
  } else if (side === "front" || side === "back") {
    await show(side);
  }
});

addEventListener("DOMContentLoaded", async () => {
  if (isCard()) {
    new MutationObserver(() => renewing || tell({ side: document.getElementById("qa").dataset.side }))
      .observe(document.getElementById("qa"), { attributes: true, attributeFilter: ["data-side"] });
    if (wish.get("side") === "back") await show("back");
  }
  if (Number(wish.get("y"))) scrollTo(0, Number(wish.get("y")));
  tell({ ready: true });
});
})();
