// What each sink bears, as its limiter found out, and which signal moved it.
import { html, useState } from "./preact.js";
import { bytes, num, age } from "./format.js";
import { Empty, exportHref, Filter, Meter, State, Table, Value } from "./widgets.js";

const signals = (changes) => Object.entries(changes || {}).filter(([, n]) => n > 0).sort((a, b) => b[1] - a[1]);

export function Limits({ snapshot }) {
  const [filter, setFilter] = useState("");
  const rows = snapshot.exports.filter((e) => e.pressure && `${e.repo}/${e.export} ${e.sink}`.includes(filter));
  const columns = [
    { label: "Export", cell: (e) => html`<a href=${exportHref(e)}>${e.repo}/${e.export}</a>` },
    { label: "State", cell: (e) => html`<${State} of=${e} />` },
    { label: "In flight of limit", num: true, cell: (e) => html`<span>${num(e.in_flight)}<span class="unit">of ${num(e.pressure.concurrency_limit)}</span><${Meter} part=${e.pressure.concurrency_limit ? e.in_flight / e.pressure.concurrency_limit : 0} label=${`${e.in_flight} of ${e.pressure.concurrency_limit} in flight`} /></span>` },
    { label: "Batch limit", num: true, cell: (e) => html`<${Value} of=${bytes(e.pressure.batch_limit_bytes)} />` },
    { label: "Failed", num: true, cell: (e) => html`${num(e.failures)}<span class="unit">of ${num(e.attempts)}</span>` },
    { label: "Held by rate", num: true, cell: (e) => html`<${Value} of=${age(e.pressure.rate_held_ms)} />` },
    { label: "Signals", cls: "wrap", cell: (e) => html`<span>${signals(e.pressure.limit_changes).map(([word, n]) => `${word.replaceAll("_", " ")} ${num(n)}`).join(", ") || "none yet"}</span>` },
    { label: "Last change", cls: "wrap", cell: (e) => html`<span class="soft">${e.pressure.last_limit_change || "the limit has not moved"}</span>` },
  ];
  return html`<section class="card">
    <header><h2>Limits</h2><span class="soft">what each target bears, and the signal that said so</span><div class="push"><${Filter} value=${filter} onInput=${setFilter} label="Filter exports" /></div></header>
    ${rows.length ? html`<${Table} label="Limits" columns=${columns} rows=${rows} keyOf=${(e) => `${e.repo}/${e.export}`} />` : html`<${Empty} title="No export runs."><p>Limits are learnt from deliveries: push records to a repo that has an export.</p><//>`}
  </section>`;
}
