// What this node carries, what of it is in use, and when another is wanted.
import { html, useEffect, useState } from "./preact.js";
import { call } from "./live.js";
import { bytes, num, short, when, words } from "./format.js";
import { Plot } from "./plot.js";
import { Empty, Meter, State, Table } from "./widgets.js";

const AGAIN_MS = 15000;
const percent = (part) => [num(part * 100), "%"];
const iso = (ms) => (ms == null ? null : new Date(ms).toISOString());

const amount = (level, value) => {
  if (level.unit.startsWith("bytes")) return words(bytes(value), level.unit.slice(5));
  return level.unit === "cores" ? `${value.toFixed(2)} cores` : words(percent(value));
};

const stateOf = (level, high) => {
  const part = Math.max(level.ratio, level.peak_ratio);
  if (level.ratio >= high) return { s: "bad", word: "full" };
  return part >= high ? { s: "warn", word: "full at peak" } : { s: "good", word: "has room" };
};

/** Past and future as one series, in the form that plots read. */
function joined(forecast) {
  const used = forecast.past.used;
  const none = used.map(() => null);
  const { mean, low, high, start_ms: start, step_ms: step } = forecast.future;
  const to = (values) => values.map((v) => (v == null ? null : v * 100));
  return {
    step_ms: step,
    end_ms: start + (mean.length - 1) * step,
    series: {
      used: [...to(used), ...mean.map(() => null)],
      mean: [...none, ...to(mean)],
      low: [...none, ...to(low)],
      high: [...none, ...to(high)],
    },
  };
}

function Unit({ unit }) {
  const lines = [["records", short], ["bytes", bytes]].filter(([what]) => unit[what]);
  return html`<section class="card"><header><h2>What a core carries here</h2></header><div class="in">
    ${lines.map(([what, form]) => html`<p><b>${words(form(unit[what].per_core_s), "/s")}</b> ${what === "records" ? "records" : ""}, between ${words(form(unit[what].per_core_s_low), "/s")} and ${words(form(unit[what].per_core_s_high), "/s")}</p>`)}
    <p class="soft">${unit.says}.</p>
  </div></section>`;
}

function Forecast({ forecast }) {
  const rows = [["Expected", forecast.crossing_ms], ["At the earliest", forecast.earliest_ms], ["At the latest", forecast.latest_ms]];
  return html`<section class="card"><header><h2>Forecast</h2><span class="soft">${forecast.known ? `of ${forecast.resource}, from ${forecast.days} days` : ""}</span></header>
    ${forecast.known ? html`<div class="in"><p>${forecast.says}.</p>
      <dl class="pairs">${rows.map(([name, ms]) => html`<dt>${name}</dt><dd>${ms == null ? `not within ${forecast.horizon_days} days` : when(iso(ms))}</dd>`)}
        <dt>Trend</dt><dd>${(forecast.trend_per_day * 100).toFixed(2)} points of 100 a day</dd></dl></div>` : html`<${Empty} title="No forecast yet."><p>${forecast.says}.</p><//>`}
  </section>`;
}

export function Capacity() {
  const [told, setTold] = useState(null);
  const [fault, setFault] = useState("");
  useEffect(() => {
    let timer = 0;
    let over = false;
    const ask = async () => {
      const { status, json } = await call("GET", "/v1/capacity");
      if (over) return;
      if (status === 200) setTold(json);
      setFault(status === 200 ? "" : json.error);
      timer = setTimeout(ask, AGAIN_MS);
    };
    ask();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, []);
  if (!told) return html`<section class="card"><${Empty} title=${fault || "Reading the last weeks."} /></section>`;
  const { signal, forecast } = told;
  const columns = [
    { label: "Resource", cell: (l) => l.resource },
    { label: "State", cell: (l) => html`<${State} ...${stateOf(l, signal.high)} />` },
    { label: "Now", num: true, cell: (l) => html`<span>${words(percent(l.ratio))}<${Meter} part=${l.ratio} /></span>` },
    { label: "Peak of 24 h", num: true, cell: (l) => html`<span>${words(percent(l.peak_ratio))}<${Meter} part=${l.peak_ratio} /></span>` },
    { label: "In use of", num: true, cell: (l) => html`<span>${amount(l, l.used)}<span class="unit">of ${amount(l, l.limit)}</span></span>` },
    { label: "Of what", cls: "wrap", cell: (l) => html`<span class="soft">${l.says}</span>` },
  ];
  const more = signal.wanted_nodes > signal.nodes;
  const fewer = signal.wanted_nodes < signal.nodes;
  return html`
    <p class="note ${more ? "warn" : ""}"><${State} s=${more ? "warn" : "good"} word=${`${signal.wanted_nodes} of ${signal.nodes} nodes wanted`} />
      <span>${more ? "Add a node: use has been above the line for a while." : fewer ? "One node less would do." : `At the peak of the last day, ${told.peak_bottleneck} was the tightest; ${words(percent(told.headroom_ratio))} are left to the line at ${words(percent(signal.high))}.`}</span></p>
    <section class="card"><header><h2>Water level</h2><span class="soft">${told.bottleneck} is the tightest now</span></header>
      <${Table} label="Resources" columns=${columns} rows=${told.levels} keyOf=${(l) => l.resource} /></section>
    <div class="plots"><${Unit} unit=${told.unit} /><${Forecast} forecast=${forecast} /></div>
    ${forecast.known ? html`<${Plot} title=${`Busiest 5 minutes of each hour: ${forecast.resource}`} kept=${joined(forecast)} format=${(v) => (v == null ? ["–", ""] : [num(v), "%"])}
      series=${[{ name: "measured", gauge: "used" }, { name: "expected", gauge: "mean" }, { name: "97.5 %", gauge: "high" }, { name: "2.5 %", gauge: "low" }]} />` : null}`;
}
