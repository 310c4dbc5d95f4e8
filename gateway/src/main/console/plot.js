// Lines over time, as SVG. A gap where nothing was noted stays a gap.
import { html, useEffect, useRef, useState } from "./preact.js";
import { call } from "./live.js";
import { clock, mark, words } from "./format.js";

const HEIGHT = 150;
const LEFT = 58;
const FOOT = 20;

/** The width of an element, as it changes. */
export function useWidth(assumed) {
  const ref = useRef(null);
  const [width, setWidth] = useState(assumed);
  useEffect(() => {
    const observer = new ResizeObserver((seen) => setWidth(Math.max(200, Math.floor(seen[0].contentRect.width))));
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}

/** What the node kept, asked for now and then. */
export function useHistory(repo, name, span) {
  const [kept, setKept] = useState(null);
  useEffect(() => {
    let over = false;
    let timer = 0;
    const ask = async () => {
      const query = new URLSearchParams({ repo, export: name, span });
      const { status, json } = await call("GET", `/v1/history?${query}`);
      if (over) return;
      if (status === 200) setKept(json);
      timer = setTimeout(ask, span === "10m" ? 3000 : 20000);
    };
    setKept(null);
    ask();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [repo, name, span]);
  return kept;
}

/** The next number above that makes good lines: 1, 2 or 5 times a power of the base's steps. */
function ceiling(most, isBytes) {
  if (most <= 2) return 2;
  const unit = isBytes ? 1024 ** Math.floor(Math.log(Math.max(1, most)) / Math.log(1024)) : 1;
  const value = most / unit;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 5, 10].find((s) => s * power >= value) || 10;
  return step * power * unit;
}

function paths(values, x, y) {
  let line = "";
  let area = "";
  let from = -1;
  values.forEach((v, i) => {
    if (v == null) {
      if (from >= 0) area += `L${x(i - 1)},${y(0)}Z`;
      from = -1;
      return;
    }
    line += `${from < 0 ? "M" : "L"}${x(i).toFixed(1)},${y(v).toFixed(1)}`;
    area += `${from < 0 ? `M${x(i)},${y(0)}L` : "L"}${x(i).toFixed(1)},${y(v).toFixed(1)}`;
    if (from < 0) from = i;
  });
  if (from >= 0) area += `L${x(values.length - 1)},${y(0)}Z`;
  return { line, area };
}

/** Of a node that is young, what it has so far, but a minute at the least. */
const FEWEST = 60;

function window(lists) {
  const first = Math.min(...lists.map((values) => values.findIndex((v) => v != null)).map((i) => (i < 0 ? Infinity : i)));
  const length = Math.max(0, ...lists.map((values) => values.length));
  const from = Math.min(first, Math.max(0, length - FEWEST));
  return lists.map((values) => values.slice(from));
}

/** A line without axes. */
export function Spark({ values, s = 0 }) {
  const [known] = window([(values || []).map((v) => v ?? null)]);
  const most = Math.max(1, ...known.map((v) => v || 0));
  const { line, area } = paths(known, (i) => (i / Math.max(1, known.length - 1)) * 200, (v) => 27 - (v / most) * 25);
  return html`<svg class="plot-spark plot" viewBox="0 0 200 28" preserveAspectRatio="none" aria-hidden="true">
    <path class="a c${s}" d=${area} /><path class="l c${s}" d=${line} vector-effect="non-scaling-stroke" />
  </svg>`;
}

/** series: [{name, values}]; format: value to [number, unit]. */
export function Plot({ title, kept, series, format, tail = "", isBytes = false }) {
  const [ref, width] = useWidth(560);
  const [at, setAt] = useState(null);
  const shown = kept ? window(series.map((s) => kept.series[s.gauge] || [])) : [];
  const lines = kept ? series.map((s, n) => ({ ...s, values: shown[n] })) : [];
  const length = lines.length ? lines[0].values.length : 1;
  const top = ceiling(Math.max(0, ...lines.flatMap((l) => l.values.map((v) => v || 0))), isBytes);
  const x = (i) => LEFT + (i / Math.max(1, length - 1)) * (width - LEFT - 4);
  const y = (v) => 8 + (1 - v / top) * (HEIGHT - 8 - FOOT);
  const timeAt = (i) => (kept ? kept.end_ms - (length - 1 - i) * kept.step_ms : 0);
  const show = at == null ? length - 1 : Math.min(at, length - 1);
  const point = (e) => {
    const box = e.currentTarget.getBoundingClientRect();
    const i = Math.round(((e.clientX - box.left - LEFT) / (width - LEFT - 4)) * (length - 1));
    setAt(i < 0 || i >= length ? null : i);
  };
  const marks = width < 420 ? [0, 0.5, 1] : [0, 0.25, 0.5, 0.75, 1];
  const say = lines.map((l) => `${l.name} ${words(format(l.values[length - 1]), tail)}`).join(", ");
  return html`<section class="card">
    <header>
      <h3>${title}</h3>
      <div class="legend">
        ${at != null && kept ? html`<span>${length * kept.step_ms > 172800000 ? `${mark(timeAt(show), Infinity)} ` : ""}${clock(timeAt(show), kept.step_ms < 5000)}</span>` : null}
        ${series.map((s, n) => html`<span><svg viewBox="0 0 18 8" aria-hidden="true"><path class="c${n}" d="M0 4H18" stroke-width="2" /></svg>${s.name}
          <b>${lines[n] ? words(format(lines[n].values[show]), tail) : "–"}</b></span>`)}
      </div>
    </header>
    <div class="in plot" ref=${ref}>
      <svg viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-label=${`${title}: now ${say}`} onPointerMove=${point} onPointerLeave=${() => setAt(null)}>
        ${[0, 0.5, 1].map((part) => html`<line class="grid" x1=${LEFT} x2=${width - 4} y1=${y(top * part)} y2=${y(top * part)} />
          <text x=${LEFT - 8} y=${y(top * part) + 4} text-anchor="end">${words(format(top * part))}</text>`)}
        ${kept ? marks.map((part) => html`<text x=${x((length - 1) * part)} y=${HEIGHT - 4}
          text-anchor=${part === 0 ? "start" : part === 1 ? "end" : "middle"}>${mark(timeAt(Math.round((length - 1) * part)), length * kept.step_ms)}</text>`) : null}
        ${lines.map((l, n) => {
          const d = paths(l.values, x, y);
          return html`<path class="a c${n}" d=${d.area} /><path class="l c${n}" d=${d.line} />`;
        })}
        ${at != null ? html`<line class="cross" x1=${x(show)} x2=${x(show)} y1="8" y2=${HEIGHT - FOOT} />` : null}
      </svg>
    </div>
  </section>`;
}

const SPANS = { "10m": "10 minutes", "6h": "6 hours", "7d": "7 days", "30d": "30 days" };

/** Which part of the history: the last minutes, hours or weeks. */
export function Span({ span, onChange }) {
  return html`<div class="above"><h2>The last ${SPANS[span]}</h2><div class="switch" role="group" aria-label="Time shown">
    ${[["10m", "10 min"], ["6h", "6 h"], ["7d", "7 d"], ["30d", "30 d"]].map(([value, label]) => html`<button type="button" aria-pressed=${span === value} onClick=${() => onChange(value)}>${label}</button>`)}
  </div></div>`;
}
