// Numbers are compared exactly, as whole numbers times a power of ten.
function decimal(text) {
  const parts = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,4}))?$/i.exec(text);
  if (!parts || !(parts[2] || parts[3])) {
    return /^0(x[0-9a-f]+|o[0-7]+|b[01]+)$/i.test(text) ? { digits: BigInt(text), power: 0 } : null;
  }
  const digits = BigInt((parts[2] || "") + (parts[3] || ""));
  const power = Number(parts[4] || 0) - (parts[3] || "").length;
  return { digits: parts[1] === "-" ? -digits : digits, power: power };
}

function atPower(number, power) {
  return number.digits * 10n ** BigInt(number.power - power);
}

function within(given, answer, tolerance) {
  const power = Math.min(given.power, answer.power, tolerance.power);
  const apart = atPower(given, power) - atPower(answer, power);
  return (apart < 0n ? -apart : apart) <= atPower(tolerance, power);
}

// Spaces, case and the style of letters make no other unit. Where the question names none, a word at the end is taken
// for what is counted: `16 bits`.
function withoutUnit(given, unit) {
  const plain = (text) => text.normalize("NFKC").replace(/\s/g, "").toLowerCase();
  if (!unit) return given.replace(/\s+\p{L}[\p{L}\s.]*$/u, "");
  for (let at = 1; at < given.length; at++) if (plain(given.slice(at)) === plain(unit)) return given.slice(0, at);
  return given;
}

// What a learner may mean: `1.500` and `1,500` are each one and a half, or one thousand five hundred.
function readings(given, unit) {
  const text = withoutUnit(given, unit)
    .replace(/[\u2070\u00B9\u00B2\u00B3\u2074-\u2079\u207A\u207B]+/g, (raised) => "^" + raised)
    .normalize("NFKC")
    .replace(/[\u0660-\u0669\u06F0-\u06F9\u0966-\u096F\u09E6-\u09EF]/g, (digit) => {
      const code = digit.charCodeAt(0);
      return code - [0x660, 0x6f0, 0x966, 0x9e6].filter((zero) => zero <= code).pop();
    })
    .replace(/\u066B/g, ".")
    .replace(/[\s_'\u2019\u066C]/g, "")
    .replace(/[\u2212\u2013]/g, "-")
    .replace(/[×·*x]10(?:\^|\*\*)/g, "e")
    .replace(/^([+-]?)10\^/, "$11e");
  const grouped = (mark) => new RegExp("^[+-]?\\d{1,3}(\\" + mark + "\\d{3})+(?!\\d)").test(text);
  const all = [text];
  if (grouped(",")) all.push(text.replace(/,/g, ""));
  if (grouped(".")) all.push(text.replace(/\./g, "").replace(",", "."));
  if (!text.includes(".")) all.push(text.replace(",", "."));
  return all.map(decimal).filter((number) => number);
}

function judge(given) {
  const say = (selector) => {
    const element = root.querySelector(selector);
    return element ? element.textContent.trim() : "";
  };
  const answer = decimal(say(".solution b"));
  const tolerance = decimal(say(".tolerance span") || "0");
  if (!answer || !tolerance) return given.trim() === say(".solution b") ? "right" : "wrong";
  return readings(given, say(".unit")).some((number) => within(number, answer, tolerance)) ? "right" : "wrong";
}
