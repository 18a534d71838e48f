// What is wrong with the page as it is shown now, as short texts.
() => {
  const wide = document.documentElement.clientWidth;
  const wrong = [];
  const say = (what, element, more = "") => {
    const text = (element.textContent || "").trim().replace(/\s+/g, " ").slice(0, 40);
    wrong.push(`${what}: ${element.tagName.toLowerCase()}.${element.getAttribute("class") || ""} "${text}" ${more}`.trim());
  };
  const scrolls = (element) => /auto|scroll/.test(getComputedStyle(element).overflowX);
  // The box that an element can be scrolled in, if there is one.
  const scroller = (element) => {
    for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) if (scrolls(at)) return at;
    return null;
  };
  const clipped = (element) => { for (let at = element; at; at = at.parentElement) if (getComputedStyle(at).clipPath !== "none") return true; return false; };
  const hidden = (element) => {
    const style = getComputedStyle(element);
    return !element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || clipped(element) || element.closest(".unseen, mjx-assistive-mml, script, style, template, [aria-hidden=true] option, option");
  };

  if (document.scrollingElement.scrollWidth > wide + 1) wrong.push(`the page is ${document.scrollingElement.scrollWidth} px wide, the screen ${wide}`);
  const all = [...document.body.querySelectorAll("*")].filter((element) => !element.closest("svg") || element.matches("svg"));
  for (const element of all) {
    if (hidden(element) || element.closest("mjx-math")) continue;
    const box = element.getBoundingClientRect();
    if (!box.width || !box.height) continue;
    if ((box.right > wide + 1 || box.left < -1) && !scroller(element)) say("sticks out", element, `${Math.round(box.left)} to ${Math.round(box.right)}`);
    const style = getComputedStyle(element);
    if (/hidden|clip/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1 && style.overflowY !== "auto" && !element.matches("progress, input, textarea, select")) say("is cut", element);
    if (style.overflowY === "hidden" && element.scrollHeight > element.clientHeight + 2 && !element.matches("progress, input, textarea, select, mjx-container")) say("is cut below", element, `${element.scrollHeight} in ${element.clientHeight}`);
  }

  // Texts: where each lies, and whether its words are whole.
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  const letters = /[\p{L}\p{N}\p{M}][\p{L}\p{N}\p{M}.,'’]*/gu;
  const unbroken = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}\p{N}\p{M}.,'’]+$/u;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || hidden(parent) || parent.closest("svg, mjx-container")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) if (box.width > 1 && box.height > 1) texts.push([node, box]);
    for (const word of node.data.matchAll(letters)) {
      if (!unbroken.test(word[0]) || word[0].length < 2) continue;
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].filter((box) => box.width > 0).map((box) => Math.round(box.top)));
      if (lines.size < 2) continue;
      // A word that is longer than a whole line has to break.
      let block = parent;
      while (getComputedStyle(block).display.startsWith("inline") && getComputedStyle(block).display !== "inline-block") block = block.parentElement;
      // Padding is no room; but what leaves less than six tenths of the page has too much of it.
      const padding = (element) => parseFloat(getComputedStyle(element).paddingLeft) + parseFloat(getComputedStyle(element).paddingRight);
      const page = (block.closest(".deckgen, main") || block).clientWidth;
      let room = Math.max(block.clientWidth - padding(block), Math.min(block.clientWidth, page * 0.6)) - (parent === block ? 0 : padding(parent));
      for (let at = block; at && at !== document.body; at = at.parentElement) {
        const cell = getComputedStyle(at);
        if (cell.display === "table-cell" || /flex|grid/.test(getComputedStyle(at.parentElement || at).display)) room = Math.max(room, (scroller(at) || at.closest(".deckgen, main") || at).clientWidth * 0.6);
      }
      const probe = document.createElement("span");
      probe.style.cssText = "position:absolute;visibility:hidden;white-space:nowrap";
      // What stands between spaces can break nowhere else.
      const before = node.data.slice(0, word.index).match(/[^\s-]*$/)[0];
      const after = node.data.slice(word.index + word[0].length).match(/^[^\s-]*/)[0];
      probe.textContent = before + word[0] + after;
      parent.append(probe);
      const length = probe.getBoundingClientRect().width;
      probe.remove();
      if (length < room) say("is broken", parent, `"${word[0]}" ${Math.round(length)} px, room for ${Math.round(room)}`);
    }
  }
  const clash = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > Math.min(a.height, b.height) * 0.45;
  const inView = (node, box) => {
    const around = scroller(node.parentElement);
    if (!around) return true;
    const frame = around.getBoundingClientRect();
    return box.left < frame.right && box.right > frame.left;
  };
  const fixed = (node) => { for (let at = node.parentElement; at; at = at.parentElement) if (/sticky|fixed/.test(getComputedStyle(at).position)) return at; return null; };
  texts.sort((a, b) => a[1].top - b[1].top);
  for (let i = 0; i < texts.length; i++)
    for (let j = i + 1; j < texts.length && texts[j][1].top < texts[i][1].bottom; j++)
      if (texts[i][0] !== texts[j][0] && clash(texts[i][1], texts[j][1]) && inView(...texts[i]) && inView(...texts[j]) && fixed(texts[i][0]) === fixed(texts[j][0])) say("overlaps", texts[i][0].parentElement, `with "${texts[j][0].data.trim().slice(0, 30)}"`);
  return [...new Set(wrong)];
}
