// Numbers for people: the value and its unit, apart, so that both can be set right.

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** 1234567 is "1,234,567". */
export const num = (n) => (n == null || Number.isNaN(n) ? "–" : whole.format(n));

/** "1 record", "12 records". */
export const count = (n, thing) => `${num(n)} ${thing}${n === 1 ? "" : "s"}`;

function scaled(n, base, units) {
  let value = Math.abs(n);
  let i = 0;
  while (value >= base * 0.9995 && i < units.length - 1) {
    value /= base;
    i++;
  }
  const digits = i === 0 || value >= 99.95 ? 0 : 1;
  return [(n < 0 ? "-" : "") + value.toFixed(digits), units[i]];
}

/** [value, unit]: 21738 is ["21.7", "k"]. Below 10,000 it stays as it is. */
export const short = (n) => (n == null || Number.isNaN(n) ? ["–", ""] : Math.abs(n) < 10000 ? [num(n), ""] : scaled(n, 1000, ["", "k", "M", "G", "T"]));

export const bytes = (n) => (n == null || Number.isNaN(n) ? ["–", ""] : scaled(n, 1024, ["B", "KiB", "MiB", "GiB", "TiB"]));

/** Milliseconds. */
export function age(ms) {
  if (ms == null || Number.isNaN(ms)) return ["–", ""];
  if (ms < 1000) return [num(ms), "ms"];
  if (ms < 60000) return [(ms / 1000).toFixed(1), "s"];
  if (ms < 3600000) return [(ms / 60000).toFixed(1), "min"];
  return ms < 86400000 ? [(ms / 3600000).toFixed(1), "h"] : [(ms / 86400000).toFixed(1), "d"];
}

export const words = (pair, tail = "") => [pair[0], (pair[1] + tail).trim()].filter((x) => x).join(" ");

/** A clock's time of a moment. */
export const clock = (ms, seconds = true) =>
  new Date(ms).toLocaleTimeString("en-GB", seconds ? {} : { hour: "2-digit", minute: "2-digit" });

/** The same at the foot of a plot: the day, where it is of days. */
export const mark = (ms, spanMs) =>
  spanMs > 172800000 ? new Date(ms).toLocaleDateString("en-GB", { day: "numeric", month: "short" }) : clock(ms, spanMs < 300000);

/** Date and time of an ISO moment, in the reader's zone. */
export const when = (iso) => (iso ? new Date(iso).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "medium" }) : "–");

/** What an export does: a class for its colour and shape, a word, and what to do. */
export function stateOf(e) {
  switch (e.state) {
    case "running":
      if (e.parked_bytes > 0) return { s: "warn", word: "parked", does: "The target is slower than the pushes; what lags waits on disk." };
      return e.oldest_age_ms > 30000
        ? { s: "warn", word: "lags", does: "The oldest record has waited for more than 30 s. See what holds it under Limits." }
        : { s: "good", word: "running", does: "" };
    case "backing_off":
      return { s: "bad", word: "backing off", does: "The target refuses or does not answer; it is tried again by itself." };
    case "dead_letters_full":
      return { s: "bad", word: "dead letters full", does: "Replay or drop some: nothing is delivered until there is room." };
    case "paused":
      return { s: "hold", word: "paused", does: "A person paused it. Its lag grows on disk until it is resumed." };
    case "failed":
      return { s: "bad", word: "failed", does: "A defect or a broken file; the log of the node says which." };
    case "invalid":
      return { s: "bad", word: "invalid", does: "Its definition does not hold on this node. Change it." };
    case "orphaned":
      return { s: "warn", word: "orphaned", does: "Nobody defines it any more, and it holds data. Delete it or define it again." };
    case "closed":
      return { s: "idle", word: "closed", does: "Nothing is staged; it runs with the next push." };
    default:
      return { s: "idle", word: String(e.state || "–").replaceAll("_", " "), does: "" };
  }
}
