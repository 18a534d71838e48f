// Words and numbers to type: short, cloze, numeric. The value is the list of what stands in the fields.

ways.typed = (() => {
  const inputs = (q) => [...q.form.querySelectorAll("fieldset input")];

  /** Reduce a text to what counts: not its case, white space, shape of quotes and dashes, nor a full stop. */
  const plainly = (text) => {
    const bare = text
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[‘’ʼ′]/g, "'")
      .replace(/[“”„«»″]/g, '"')
      .replace(/[‐-―−]/g, "-")
      .replace(/\s+/g, " ")
      .trim();
    return bare.replace(/[.!?]+$/, "").trim() || bare;
  };

  /** Read a decimal as whole digits and a scale, exactly; null where it is none. */
  const decimal = (text) => {
    const parts = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i.exec(text);
    if (!parts || !(parts[2] || parts[3])) return null;
    const [, sign, whole, fraction = "", exponent = "0"] = parts;
    return { digits: BigInt(`${sign === "-" ? "-" : ""}${whole}${fraction}` || "0"), scale: fraction.length - Number(exponent) };
  };

  const isWithin = (given, answer, tolerance) => {
    const scale = Math.max(given.scale, answer.scale, tolerance.scale, 0);
    const lifted = ({ digits, scale: own }) => digits * 10n ** BigInt(scale - own);
    const off = lifted(given) - lifted(answer);
    return (off < 0n ? -off : off) <= lifted(tolerance);
  };

  /** Give every number a text may mean: `1,500` is one and a half or fifteen hundred. */
  const readings = (text, unit) => {
    let bare = text.normalize("NFKC").replace(/[‐-―−]/g, "-").trim();
    const tail = unit.normalize("NFKC");
    if (tail && bare.toLowerCase().endsWith(tail.toLowerCase())) bare = bare.slice(0, -tail.length);
    bare = bare.replace(/[\s'’_]/g, "");
    const texts = [bare, bare.replace(",", ".")];
    if (/^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/.test(bare)) texts.push(bare.replace(/,/g, ""));
    if (/^[+-]?\d{1,3}(\.\d{3})+(,\d*)?$/.test(bare)) texts.push(bare.replace(/\./g, "").replace(",", "."));
    return texts.map(decimal).filter(Boolean);
  };

  const isRight = (input, text = "") => {
    if (!text.trim()) return false;
    const { accept, answer, tolerance, unit } = input.dataset;
    if (accept !== undefined) return JSON.parse(accept).some((each) => plainly(each) === plainly(text));
    return readings(text, unit).some((given) => isWithin(given, decimal(answer), decimal(tolerance)));
  };

  return {
    read(q) {
      const value = inputs(q).map((input) => input.value);
      return value.some((text) => text.trim()) ? value : undefined;
    },
    write(q, value) {
      inputs(q).forEach((input, index) => (input.value = value[index] ?? ""));
    },
    /** Go on to the next field that is empty; say whether there was one. */
    advance(q, from) {
      const all = inputs(q);
      const next = from.value?.trim() && all.slice(all.indexOf(from) + 1).find((input) => !input.value.trim());
      next?.focus();
      return Boolean(next);
    },
    share(q, value) {
      const all = inputs(q);
      return all.filter((input, index) => isRight(input, value[index])).length / all.length;
    },
    mark(q, value = []) {
      inputs(q).forEach((input, index) => {
        const right = isRight(input, value[index]);
        input.dataset.mark = right ? "right" : "wrong";
        const text = say(right ? "mark-right" : value[index]?.trim() ? "mark-wrong" : "mark-empty");
        // Within a sentence the sign alone is seen.
        const note = input.closest(".gap") ? Object.assign(noted(""), { role: "img", ariaLabel: text }) : noted(text);
        note.dataset.mark = input.dataset.mark;
        input.after(note);
      });
    },
  };
})();
