// Words and numbers to type: short, cloze, numeric. The value is the list of what stands in the fields.

ways.typed = (() => {
  const inputs = (question) => [...question.form.querySelectorAll("fieldset input")];

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
    read(question) {
      const value = inputs(question).map((input) => input.value);
      return value.some((text) => text.trim()) ? value : undefined;
    },
    write(question, value) {
      inputs(question).forEach((input, index) => (input.value = value[index] ?? ""));
    },
    share(question, value) {
      const all = inputs(question);
      return all.filter((input, index) => isRight(input, value[index])).length / all.length;
    },
    mark(question, value = []) {
      inputs(question).forEach((input, index) => {
        const right = isRight(input, value[index]);
        input.dataset.mark = right ? "right" : "wrong";
        const note = document.createElement("span");
        note.className = "mark";
        note.dataset.mark = input.dataset.mark;
        const text = say(right ? "mark-right" : (value[index] ?? "").trim() ? "mark-wrong" : "mark-empty");
        if (input.closest(".gap")) {
          // Within a sentence the sign alone is seen.
          note.role = "img";
          note.ariaLabel = text;
        } else {
          note.textContent = text;
        }
        input.after(note);
      });
    },
  };
})();
