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

// What a learner may mean: `1.500` and `1,500` are each one and a half, or one thousand five hundred.
function readings(given, unit) {
  let text = given.normalize("NFKC").replace(/\u2212/g, "-").replace(/[×·*]\s*10\s*\^\s*/g, "e");
  if (unit && text.trim().toLowerCase().endsWith(unit.toLowerCase())) {
    text = text.trim().slice(0, -unit.length);
  }
  text = text.replace(/[\s_'\u2019]/g, "");
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
