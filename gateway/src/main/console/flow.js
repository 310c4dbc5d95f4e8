// What flows, what lags, and why: the first page.
import { html, useState } from "./preact.js";
import { age, bytes, num, short, stateOf, words } from "./format.js";
import { Plot, Span, Spark, useHistory, useWidth } from "./plot.js";
import { Empty, exportHref, Filter, Mark, State, Table, Value } from "./widgets.js";

const ROW = 54;
const GAP = 10;
/** Exports in the picture; the table has all. */
const MOST = 30;

const last = (kept, gauge) => kept && kept.series[gauge];

function Tile({ name, value, tail = "", more, values, s }) {
  return html`<div class="card tile">
    <div class="name">${name}</div>
    <div class="value"><${Value} of=${value} tail=${tail} /></div>
    <div class="more">${more}</div>
    <${Spark} values=${values} s=${s} />
  </div>`;
}

function Tiles({ snapshot, kept }) {
  const t = snapshot.totals;
  const dead = snapshot.exports.reduce((sum, e) => sum + (e.dead_lettered_records || 0), 0);
  return html`<div class="tiles">
    <${Tile} name="Accepted" value=${short(t.accepted_per_s)} tail=" records/s" more=${words(bytes(t.accepted_bytes_per_s), "/s")} values=${last(kept, "accepted_per_s")} s=${0} />
    <${Tile} name="Delivered" value=${short(t.delivered_per_s)} tail=" records/s" more="all exports together" values=${last(kept, "delivered_per_s")} s=${0} />
    <${Tile} name="Lag" value=${short(t.lag_records)} tail=" records" more=${`${words(bytes(t.lag_bytes))} not settled`} values=${last(kept, "lag_records")} s=${0} />
    <${Tile} name="Oldest waits" value=${age(t.oldest_age_ms)} more="age of the oldest record" values=${last(kept, "oldest_age_ms")} s=${0} />
    <${Tile} name="Refused" value=${short(t.refused_per_s)} tail=" batches/s" more=${`${num(dead)} records as dead letters`} values=${last(kept, "refused_per_s")} s=${0} />
  </div>`;
}

/** What a person should look at, worst first; one line each. */
function Attention({ exports }) {
  const rank = { bad: 0, warn: 1, hold: 2 };
  const found = exports
    .map((e) => ({ e, now: stateOf(e) }))
    .filter(({ now }) => now.s in rank)
    .sort((a, b) => rank[a.now.s] - rank[b.now.s] || (b.e.lag_records || 0) - (a.e.lag_records || 0));
  if (!found.length) {
    return html`<p class="note"><span class="state s-good"><${Mark} s="good" /></span><span>Everything flows: no export is held up.</span></p>`;
  }
  return html`<section class="card" aria-label="Needs a look">
    <header><h2>Needs a look</h2><span class="soft">${found.length} of ${exports.length} exports</span></header>
    <${Table} label="Exports that need a look" keyOf=${({ e }) => `${e.repo}/${e.export}`} rows=${found.slice(0, 8)} columns=${[
      { label: "Export", cell: ({ e }) => html`<a href=${exportHref(e)}>${e.repo}/${e.export}</a>` },
      { label: "State", cell: ({ e }) => html`<${State} of=${e} />` },
      { label: "Lag", num: true, cell: ({ e }) => html`<${Value} of=${short(e.lag_records)} />` },
      { label: "Oldest", num: true, cell: ({ e }) => html`<${Value} of=${age(e.oldest_age_ms)} />` },
      { label: "Why", cls: "wrap", cell: ({ now, e }) => html`<span>${e.fault || (now.s === "bad" && e.last_error) || now.does}</span>` },
    ]} />
  </section>`;
}

/** As much of a text as fits, by the width of a letter. */
const cut = (text, px, letter = 7.4) => {
  const most = Math.max(3, Math.floor(px / letter));
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
};

/** How thick an edge is: a step for each power of ten. */
const thick = (perSecond) => (perSecond > 0 ? 1.5 + Math.min(6, Math.log10(perSecond) * 1.1) : 1.2);

export function Picture({ snapshot }) {
  const [ref, width] = useWidth(600);
  const tasks = Object.fromEntries(((snapshot.cluster || {}).tasks || []).map((t) => [t.task.split("#")[0], t.node]));
  const busiest = [...snapshot.exports]
    .sort((a, b) => (b.lag_records || 0) + b.delivered_per_s - (a.lag_records || 0) - a.delivered_per_s)
    .slice(0, MOST);
  const shown = snapshot.exports.filter((e) => busiest.includes(e));
  const names = [...new Set([...shown.map((e) => e.repo), ...(shown.length < MOST ? snapshot.repos.map((r) => r.repo) : [])])].slice(0, MOST);
  const repos = Object.fromEntries(snapshot.repos.map((r) => [r.repo, r]));
  const small = width < 460;
  const repoWidth = small ? Math.round(width * 0.34) : Math.round(width * 0.3);
  const outWidth = small ? Math.round(width * 0.48) : Math.round(width * 0.46);
  const outX = width - outWidth - 1;
  let y = 1;
  const boxes = names.map((name) => {
    const outs = shown.filter((e) => e.repo === name).map((e, i) => ({ e, y: y + i * (ROW + GAP) }));
    const height = Math.max(1, outs.length) * (ROW + GAP) - GAP;
    const box = { name, row: repos[name], y: y + height / 2 - ROW / 2, outs };
    y += height + GAP * 2;
    return box;
  });
  const edge = (a, b) => `M${repoWidth},${a}C${(repoWidth + outX) / 2},${a} ${(repoWidth + outX) / 2},${b} ${outX},${b}`;
  return html`<div ref=${ref}><svg class="flow" viewBox="0 0 ${width} ${Math.max(ROW, y - GAP * 2 + 1)}" height=${Math.max(ROW, y - GAP * 2 + 1)} role="group" aria-label="Repos and their exports">
    ${boxes.map((box) => html`<g key=${box.name}>
      ${box.outs.map(({ e, y: at }) => {
        const d = edge(box.y + ROW / 2, at + ROW / 2);
        return html`<g key=${e.export} class="s-${stateOf(e).s}"><path class="edge" d=${d} stroke-width=${thick(e.delivered_per_s)} />
          ${e.delivered_per_s > 0 ? html`<path class="run" d=${d} stroke-width="2.5" />` : null}</g>`;
      })}
      <a href=${`#/repo/${encodeURIComponent(box.name)}`} aria-label=${`repo ${box.name}`}>
        <rect class="box" x="1" y=${box.y} width=${repoWidth - 1} height=${ROW} rx="7" />
        <text class="t" x="12" y=${box.y + 23}>${cut(box.name, repoWidth - 20)}</text>
        <text class="soft" x="12" y=${box.y + 41}>${box.row ? cut(words(short(box.row.accepted_per_s), small ? "/s" : " records/s"), repoWidth - 18, 6.4) : "not open"}</text>
      </a>
      ${box.outs.map(({ e, y: at }) => {
        const now = stateOf(e);
        const where = tasks[`${e.repo}/${e.export}`];
        const at1 = outX + 28;
        const rate = words(short(e.delivered_per_s), "/s");
        const lag = e.lag_records > 0 ? `lag ${words(short(e.lag_records))}, ${words(age(e.oldest_age_ms))}` : now.word;
        const room = outWidth - 28 - 12;
        const second = small ? lag : [e.lag_records > 0 && now.s !== "good" ? now.word : "", lag, where && where !== snapshot.node.node ? `at ${where}` : ""].filter((x) => x).join(" · ");
        return html`<a key=${e.export} class="s-${now.s}" href=${exportHref(e)} aria-label=${`export ${e.repo}/${e.export}: ${now.word}, ${rate}, lag ${num(e.lag_records)} records`}>
          <rect class="box" x=${outX} y=${at} width=${outWidth} height=${ROW} rx="7" />
          <${Mark} s=${now.s} x=${outX + 10} y=${at + 13} />
          <text class="t" x=${at1} y=${at + 23}>${cut(e.export, outWidth - 40 - (small ? 0 : rate.length * 8))}</text>
          ${small ? null : html`<text x=${width - 12} y=${at + 23} text-anchor="end">${rate}</text>`}
          <text class="soft" x=${at1} y=${at + 41}>${cut(small ? `${rate}, ${second}` : second, room, 6.4)}</text>
          ${small || (second.length + e.sink.length + 2) * 6.4 > room ? null : html`<text class="soft" x=${width - 12} y=${at + 41} text-anchor="end">${e.sink}</text>`}
        </a>`;
      })}
    </g>`)}
  </svg></div>`;
}

const columns = [
  { label: "Export", cell: (e) => html`<a href=${exportHref(e)}>${e.repo}/${e.export}</a>` },
  { label: "State", cell: (e) => html`<${State} of=${e} />` },
  { label: "Delivered", num: true, cell: (e) => html`<${Value} of=${short(e.delivered_per_s)} tail="/s" />` },
  { label: "Lag", num: true, cell: (e) => html`<${Value} of=${short(e.lag_records || 0)} />` },
  { label: "Lag bytes", num: true, cell: (e) => html`<${Value} of=${bytes(e.lag_bytes || 0)} />` },
  { label: "Oldest", num: true, cell: (e) => html`<${Value} of=${age(e.oldest_age_ms || 0)} />` },
];

function First({ node }) {
  const line = `curl -X POST http://${node.data}/v1/repos/first/batches -H 'Content-Type: application/json' -d '[{"hello": "world"}]'`;
  return html`<section class="card"><${Empty} title="Nothing has been pushed to this node yet.">
    <p>Push a first record; its repo is made on the way:</p>
    <pre class="shell">${line}</pre>
    <p>Then make an export, which says where its records go: <a href="#/new">New export</a>.</p>
  <//></section>`;
}

export function Flow({ snapshot }) {
  const [filter, setFilter] = useState("");
  const [span, setSpan] = useState("10m");
  const kept = useHistory("", "", span);
  const rows = snapshot.exports.filter((e) => `${e.repo}/${e.export}`.includes(filter));
  if (!snapshot.exports.length && !snapshot.repos.length) return html`<${First} node=${snapshot.node} />`;
  const more = snapshot.left_out > 0 ? html`<span class="soft">${num(snapshot.left_out)} of the quietest left out</span>` : null;
  return html`
    <${Tiles} snapshot=${snapshot} kept=${kept} />
    ${snapshot.exports.length ? html`<${Attention} exports=${snapshot.exports} />` : html`<p class="note warn"><span>Records are accepted and go nowhere: no export is defined. <a href="#/new">New export</a></span></p>`}
    <div class="split">
      <section class="card"><header><h2>Flow</h2><span class="soft">repos to exports</span></header><div class="in"><${Picture} snapshot=${snapshot} /></div></section>
      <section class="card">
        <header><h2>Exports</h2>${more}<div class="push"><${Filter} value=${filter} onInput=${setFilter} label="Filter exports by name" /></div></header>
        ${rows.length ? html`<${Table} label="Exports" columns=${columns} rows=${rows} keyOf=${(e) => `${e.repo}/${e.export}`} />` : html`<${Empty} title=${filter ? `No export is called like "${filter}".` : "No export yet."}><a href="#/new">New export</a><//>`}
      </section>
    </div>
    <${Span} span=${span} onChange=${setSpan} />
    <div class="plots">
      <${Plot} title="Rates" kept=${kept} format=${short} tail="/s" series=${[{ name: "accepted", gauge: "accepted_per_s" }, { name: "delivered", gauge: "delivered_per_s" }]} />
      <${Plot} title="Lag" kept=${kept} format=${short} tail="" series=${[{ name: "records", gauge: "lag_records" }]} />
      <${Plot} title="Age of the oldest record" kept=${kept} format=${age} series=${[{ name: "oldest", gauge: "oldest_age_ms" }]} />
      <${Plot} title="Refused" kept=${kept} format=${short} tail="/s" series=${[{ name: "batches", gauge: "refused_per_s" }]} />
    </div>`;
}
