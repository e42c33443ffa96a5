// Numbers and names for people.

const whole = new Intl.NumberFormat("en");
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

export const count = (number) => whole.format(number);

export const short = (number) => (Math.abs(number) < 10000 ? whole.format(number) : compact.format(number));

export const plural = (number, one, many = `${one}s`) => `${count(number)} ${number === 1 ? one : many}`;

const digits = (number) => (number >= 100 ? 0 : number >= 10 ? 1 : 2);

export const decimal = (number) => {
  const size = Math.abs(number);
  return (number < 0 ? "\u2212" : "") + size.toFixed(digits(size));
};

/** With its sign, which is what is read first. */
export const signed = (number) => {
  const size = Math.abs(number);
  const shown = size.toFixed(size < 0.095 ? 3 : digits(size));
  return Number(shown) === 0 ? shown : (number < 0 ? "\u2212" : "+") + shown;
};

export const percent = (share) => {
  const value = 100 * share;
  return value > 0 && value < 1 ? "< 1 %" : value < 100 && value > 99 ? "> 99 %" : `${Math.round(value)} %`;
};

export const bytes = (number) => {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let unit = 0;
  let value = number;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
};

export const milliseconds = (seconds) => {
  if (!Number.isFinite(seconds)) return "\u2013";
  const value = 1000 * seconds;
  return value >= 1000 ? `${(value / 1000).toFixed(1)} s` : `${value.toFixed(value < 10 ? 1 : 0)} ms`;
};

export const ordinal = (number) => {
  const last = number % 100;
  const ending = last > 10 && last < 14 ? "th" : { 1: "st", 2: "nd", 3: "rd" }[number % 10] ?? "th";
  return `${count(number)}${ending}`;
};

export const moment = (iso) => (iso ? iso.replace("T", " ").replace(/(:\d\d)(\.\d+)?Z$/, "$1 UTC") : "not told");

/** An identifier without the angle brackets in which files write addresses. */
export const identifier = (id) => id.replace(/^<(.*)>$/, "$1");

/** What a label is called: its name, or its id where it has none. */
export const title = (label) => label.name || identifier(label.id);
