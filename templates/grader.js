// Grades what is typed, on cards and on web pages alike: nothing else does. It knows texts, and nothing of pages.
const grader = (() => {
  // What has no width: marks of direction, soft hyphens, joiners.
  const UNSEEN = /[\u00AD\u061C\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/g;
  const DASHES = /[\u2010-\u2015\u2043\u2212\uFE58\uFE63\uFF0D]/g;

  // The decimal digits of each script follow its zero, in runs of ten (The Unicode Standard, 4.6).
  function digit(character) {
    const code = character.codePointAt(0);
    let zero = code;
    while (/^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero--;
    return (code - zero) % 10;
  }

  // One form for characters that look alike (Unicode's NFKC), and digits of any script as 0 to 9.
  const even = (text) => text.normalize("NFKC").replace(UNSEEN, "").replace(DASHES, "-").replace(/\p{Nd}/gu, digit);

  // ---- Words

  // What differs in case alone becomes one text. Capitals first, because the sharp s has none (Unicode, 5.18).
  function folded(text, language) {
    const turkic = /^(tr|az)\b/i.test(language) ? "tr" : "en";
    return text
      .toLocaleLowerCase(turkic)
      .toLocaleUpperCase(turkic)
      .toLocaleLowerCase(turkic)
      .replace(/\u03C2/g, "\u03C3");
  }

  // Case, white space, the shape of quotes and dashes, and stops at the end do not count.
  function plain(text, language) {
    // Before NFKC, which turns a separate acute accent into a space.
    const quoted = text
      .replace(/\u0060\u0060|''/g, '"')
      .replace(/[\u0060\u00B4\u2018-\u201B\u02B9\u02BB\u02BC\u02BE\u02BF\u2032\u2039\u203A]/g, "'")
      .replace(/[\u201C-\u201F\u00AB\u00BB\u2033]/g, '"');
    const bare = folded(even(quoted), language).replace(/\s+/g, " ").trim();
    return bare.replace(/[\s.,;:!?\u3001\u3002\u060C\u061B\u061F\u06D4\u0964]+$/, "") || bare;
  }

  const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ħ: "h", ı: "i", ŧ: "t" };
  // Accents of letters, and the points that Arabic and Hebrew may leave out. Other scripts write vowels as marks.
  const ACCENTS = /[\u0300-\u036F\u0591-\u05C7\u0610-\u061A\u064B-\u065F\u0670\u1AB0-\u1AFF\u1DC0-\u1DFF]/g;
  const unaccented = (text) =>
    text.normalize("NFD").replace(ACCENTS, "").normalize("NFC").replace(/[ßæœøłđħıŧ]/g, (letter) => LETTERS[letter]);
  // Whoever has no umlauts on the keyboard writes them so in German.
  const transcribed = (text) => unaccented(text.normalize("NFC").replace(/([äöü])/g, "$1e"));

  // How many letters must be changed, added, dropped or swapped with the next to make one text of the other.
  function distance(one, other) {
    const a = Array.from(one);
    const b = Array.from(other);
    const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
    for (let i = 1; i <= a.length; i++) {
      rows[i] = [i];
      for (let j = 1; j <= b.length; j++) {
        const same = a[i - 1] === b[j - 1] ? 0 : 1;
        rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + same);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
          rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
      }
    }
    return rows[a.length][b.length];
  }

  // A slip of the finger; in short words, and in those with figures, another letter makes another word.
  const isSlip = (text, mine) =>
    /^[^0-9]{5,}$/.test(text) &&
    Math.abs(text.length - mine.length) <= 2 &&
    distance(text, mine) <= (text.length > 9 ? 2 : 1);

  /**
   * Grade a word or phrase: `right`, `almost` or `wrong`. `answers` are all that count as right; `accents` says what an
   * answer with other accents is: `strict` wrong, `almost`, `ignore` right.
   */
  function word(typed, answers, { accents = "almost", language = "" } = {}) {
    const mine = plain(typed, language);
    const texts = answers.map((answer) => plain(answer, language));
    if (texts.includes(mine)) return "right";
    const german = /^de\b/i.test(language);
    const isUnaccented = (text) =>
      unaccented(text) === unaccented(mine) || (german && transcribed(text) === transcribed(mine));
    if (texts.some(isUnaccented)) return { strict: "wrong", ignore: "right" }[accents] || "almost";
    return texts.some((text) => isSlip(text, mine)) ? "almost" : "wrong";
  }

  // ---- Numbers: fractions of whole numbers, compared exactly

  const power = (base, exponent) => BigInt(base) ** BigInt(exponent);
  const absolute = (whole) => (whole < 0n ? -whole : whole);

  function scaled(whole, exponent) {
    return exponent < 0 ? { over: whole, under: power(10, -exponent) } : { over: whole * power(10, exponent), under: 1n };
  }

  /** Read the notation of authors, `-3.10`, `6.022e23`, `0xFF`, `1/3`; null where a text is not in it. */
  function exact(text) {
    const parts = /^([+-]?)(?:(\d+)\/(\d+)|(0x[\da-f]+|0o[0-7]+|0b[01]+)|(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,4}))?)$/i.exec(text);
    if (!parts) return null;
    const [, sign, over, under, based, whole = "", fraction = "", exponent = "0"] = parts;
    let value;
    if (over) value = { over: BigInt(over), under: BigInt(under) };
    else if (based) value = { over: BigInt(based), under: 1n };
    else if (whole || fraction) value = scaled(BigInt(whole + fraction), Number(exponent) - fraction.length);
    if (!value || !value.under) return null;
    return sign === "-" ? { over: -value.over, under: value.under } : value;
  }

  const minus = (one, other) => ({
    over: one.over * other.under - other.over * one.under,
    under: one.under * other.under,
  });
  const times = (one, other) => ({ over: one.over * other.over, under: one.under * other.under });
  const isWithin = (value, limit) => absolute(value.over) * limit.under <= absolute(limit.over) * value.under;

  /** Round to so many significant digits, halves away from zero. */
  function rounded(value, digits) {
    let lead = String(absolute(value.over)).length - String(value.under).length;
    if (!isWithin(scaled(1n, lead), value)) lead -= 1;
    const last = scaled(1n, lead - digits + 1);
    const count = times(value, { over: last.under, under: last.over });
    const whole = (2n * absolute(count.over) + count.under) / (2n * count.under);
    return times({ over: count.over < 0n ? -whole : whole, under: 1n }, last);
  }

  /** Say whether a number is as near to the answer as a tolerance wants: `0.05`, `1 %`, `3 digits`. */
  function isNear(value, answer, tolerance) {
    const digits = /^(\d+) digits?$/.exec(tolerance);
    if (digits && answer.over && value.over) {
      const count = Number(digits[1]);
      return minus(rounded(value, count), rounded(answer, count)).over === 0n;
    }
    const percent = /^(.*?)\s*%$/.exec(tolerance);
    const limit = digits ? scaled(0n, 0) : exact(percent ? percent[1] : tolerance);
    if (!limit) return false;
    return isWithin(minus(value, answer), percent ? times(times(limit, scaled(1n, -2)), answer) : limit);
  }

  // ---- Numbers as people type them

  const RAISED = /[\u2070\u00B9\u00B2\u00B3\u2074-\u2079\u207A\u207B]+/g;
  const VULGAR = /\s*([\u00BC-\u00BE\u2150-\u215E\u2189])/g;
  const EXPONENT = "\\{?\\(?\\s*([+-]?)\\s*(\\d{1,4})\\s*\\)?\\}?";
  const MANTISSA = "(\\d(?:[\\d.,'_\\s]*\\d)?[.,]?|[.,]\\d+)";
  const SHAPES = {
    based: /^(0x[\da-f]+|0o[0-7]+|0b[01]+)(?![\da-z])/i,
    fraction: /^(?:(\d+)\s+)?(\d+)\s*\/\s*(\d+)(?![.,]?\d)/,
    power: new RegExp("^(\\d{1,6})\\s*(?:\\^|\\*\\*)\\s*" + EXPONENT + "(?!\\d)"),
    scientific: new RegExp(
      "^" + MANTISSA + "(?:\\s*(?:x|\u00D7|\u00B7|\\*|\u22C5|\u2219|\u2022|\\\\times|\\\\cdot)\\s*10\\s*(?:\\^|\\*\\*)|\\s*[e\u23E8])\\s*" + EXPONENT + "(?!\\d)",
      "i",
    ),
    plain: new RegExp("^" + MANTISSA),
  };

  // Whether a mark may precede decimals as well as a group: `1,234`.
  const isEither = (text) => /^[1-9]\d{0,2}[.,]\d{3}$/.test(text.trim());

  // Which of point and comma is the decimal mark. Where either is possible the language decides, but for mantissas,
  // which have no groups.
  function decimals(text, mark, isScientific) {
    const at = { ".": text.lastIndexOf("."), ",": text.lastIndexOf(",") };
    const both = at["."] >= 0 && at[","] >= 0;
    const last = at["."] > at[","] ? "." : ",";
    if (at[last] < 0) return [text, ""];
    const split = [text.slice(0, at[last]), text.slice(at[last] + 1)];
    const isRepeated = split[0].includes(last);
    if (both) return isRepeated ? null : split;
    if (isRepeated) return [text, ""];
    return isEither(text) && last !== mark && !isScientific ? [text, ""] : split;
  }

  // The digits of a whole part whose groups are sound: of three, or as in India of two before the last three.
  function ungrouped(whole) {
    const marks = new Set(whole.replace(/\d/g, ""));
    if (marks.size > 1) return null;
    const groups = whole.split(/[^\d]/);
    if (groups.length === 1 || marks.has("_")) return groups.join("");
    const sizes = groups.map((group) => group.length);
    const isFirst = (most) => sizes[0] >= 1 && sizes[0] <= most;
    const middle = sizes.slice(1, -1);
    const ends = sizes[sizes.length - 1] === 3;
    const isSound =
      ends && ((isFirst(3) && middle.every((size) => size === 3)) || (isFirst(2) && middle.every((size) => size === 2)));
    return isSound ? groups.join("") : null;
  }

  /** Return the whole digits and the decimals of `1.234,50`, null where they are not a number. */
  function mantissa(text, mark, isScientific) {
    const parts = decimals(text.replace(/\s+/g, " ").trim(), mark, isScientific);
    if (!parts) return null;
    const whole = parts[0] === "" ? "0" : ungrouped(parts[0]);
    const isSound = /^(\d*|\d{3}([ '_]\d{3})*[ '_]\d{1,3})$/.test(parts[1]);
    return whole === null || !isSound ? null : { whole: whole, fraction: parts[1].replace(/\D/g, "") };
  }

  const raised = (text) => text.replace(/./g, (sign) => "\u207B\u2070\u00B9\u00B2\u00B3\u2074\u2075\u2076\u2077\u2078\u2079"["-0123456789".indexOf(sign)]);
  const signed = (sign, digits) => (sign === "-" ? "-" : "") + String(BigInt(digits));

  function shown({ whole, fraction }, mark) {
    const rest = fraction.replace(/0+$/, "");
    return String(BigInt(whole)) + (rest && mark + rest);
  }

  /** Read the number that a text begins with: its value without sign, how it may be shown, and what follows it. */
  function begins(text, mark) {
    let found = SHAPES.based.exec(text);
    if (found) return { value: exact(found[1]), shown: String(BigInt(found[1])), rest: text.slice(found[0].length) };
    found = SHAPES.fraction.exec(text);
    if (found) {
      const [, whole = "0", over, under] = found;
      if (!BigInt(under) || (found[1] && BigInt(over) >= BigInt(under))) return null;
      const value = { over: BigInt(whole) * BigInt(under) + BigInt(over), under: BigInt(under) };
      return { value: value, shown: (found[1] ? whole + " " : "") + over + "/" + under, rest: text.slice(found[0].length) };
    }
    found = SHAPES.power.exec(text);
    if (found) {
      const [all, base, sign, exponent] = found;
      const value = power(base, exponent);
      if (!value && sign === "-") return null;
      const isTen = base === "10";
      return {
        value: sign === "-" ? { over: 1n, under: value } : { over: value, under: 1n },
        shown: isTen || sign === "-" ? base + raised(signed(sign, exponent)) : String(value),
        rest: text.slice(all.length),
      };
    }
    found = SHAPES.scientific.exec(text);
    const parts = found ? mantissa(found[1], mark, true) : null;
    if (parts) {
      const exponent = Number(signed(found[2], found[3]));
      return {
        value: scaled(BigInt(parts.whole + parts.fraction), exponent - parts.fraction.length),
        shown: shown(parts, mark) + " \u00D7 10" + raised(String(exponent)),
        rest: text.slice(found[0].length),
      };
    }
    found = SHAPES.plain.exec(text);
    const simple = found ? mantissa(found[1], mark) : null;
    if (!simple) return null;
    const value = scaled(BigInt(simple.whole + simple.fraction), -simple.fraction.length);
    return {
      value: value,
      shown: shown(simple, mark),
      rest: text.slice(found[0].length),
      isDecimal: isEither(found[1]) && simple.fraction !== "",
    };
  }

  // Prefixes of which the case makes another unit: mW is not MW.
  const PREFIXED =
    /^[mMpPyYzZ](?:m|g|s|A|K|mol|cd|Hz|N|Pa|J|W|C|V|F|\u03A9|S|Wb|T|H|lm|lx|Bq|Gy|Sv|L|l|B|b|bit|byte|eV|t|Bd)\b/;
  const UNIT_SIGNS = /[\s.\u00B7\u22C5*^_]/g;
  const unitText = (text) => even(text.replace(RAISED, (all) => "^" + all)).replace(UNIT_SIGNS, "");

  // The style of letters, spaces, the plural of a word and mostly case do not count.
  function isUnit(text, unit) {
    const [one, other] = [unitText(text), unitText(unit)];
    if (PREFIXED.test(one) && PREFIXED.test(other) && one[0] !== other[0]) return false;
    const singular = (name) => name.toLowerCase().replace(/^(\p{L}{3,})s$/u, "$1");
    return singular(one) === singular(other);
  }

  // Where the question names no unit, a word behind the number is taken for what is counted: `16 bits`, `5 km / h`.
  const COUNTED = /^(?:\p{L}|\p{Sc}|[°‰%'"])(?:[\p{L}\p{M}\p{Sc}°‰%'".\u00B7\s*\/-]|\^-?\d+|\d+(?=[\s\/]|$))*$/u;
  const isCounted = (rest) => !/^e$/i.test(rest) && COUNTED.test(rest) && !/\s\d/.test(rest);

  /**
   * Read a number as it is typed: `1.602 × 10⁻¹⁹ C`, `1,23,456`, `½`, `€25`, `٤٢٫٥`; null where it is not one.
   *
   * `decimal` is the decimal mark of the language, `unit` the question's. The result holds the exact `value`; `unit`,
   * whether that is the one asked for or none; `percent`, whether per cent stand behind a number without a unit;
   * `shown`, how it was read, empty where that goes without saying; and `isDecimal`, whether digits that may be a group
   * were read as decimals.
   */
  function read(typed, { unit = "", decimal = "." } = {}) {
    const text = even(typed.replace(VULGAR, " $1").replace(RAISED, (all) => "^" + all))
      .replace(/\u2044|\u2215/g, "/")
      .replace(/\u066B/g, decimal)
      .replace(/\u060C/g, ",")
      .replace(/[\u066C\u2019\u02BC\u0060]/g, "'")
      .replace(/^[\s=~\u2248\u2243\u2245]+/, "")
      .trim();
    const before = /^([+-]?)\s*([^\d.,+\s-]*?)\s*([+-]?)\s*(?=[\d.,])/u.exec(text);
    if (!before || (before[1] && before[3])) return null;
    const sign = before[1] || before[3];
    const isOwn = Boolean(before[2]) && Boolean(unit) && isUnit(before[2], unit);
    if (before[2] && !isOwn && !/^\p{Sc}$/u.test(before[2])) return null;
    const number = begins(text.slice(before[0].length), decimal);
    if (!number) return null;
    const rest = number.rest.trim();
    const behind = rest || (isOwn ? "" : before[2]);
    if (unit && behind && !isUnit(behind, unit) && !isCounted(behind)) return null;
    if (!unit && rest && !isCounted(rest)) return null;
    const value = sign === "-" ? { over: -number.value.over, under: number.value.under } : number.value;
    const isPercent = !unit && /^%$/.test(rest);
    const asTyped = text.slice(before[0].length, text.length - number.rest.length).replace(/\s/g, "");
    const isPlain = number.shown.replace(/\s/g, "") === asTyped && !number.isDecimal;
    return {
      value: value,
      unit: !unit || !behind || isUnit(behind, unit),
      percent: isPercent,
      shown: isPlain ? "" : (sign === "-" ? "\u2212" : "") + number.shown + (isPercent ? " %" : ""),
      isDecimal: Boolean(number.isDecimal),
    };
  }

  /** Grade a number: `right`, `wrong`, or `unread` where it cannot be read as one. */
  function number(typed, { answer, tolerance = "0", unit = "", decimal = "." }) {
    const wanted = exact(answer);
    if (!wanted) return word(typed, [answer]);
    const given = read(typed, { unit: unit, decimal: decimal });
    if (!given) return "unread";
    if (!given.unit) return "wrong";
    // Per cent are hundredths where the answer is a share, and else what is counted.
    const isShare = given.percent && isWithin(wanted, scaled(1n, 0));
    const value = isShare ? times(given.value, scaled(1n, -2)) : given.value;
    return isNear(value, wanted, tolerance) ? "right" : "wrong";
  }

  return { word: word, read: read, number: number };
})();
