// Records as they come: a sample, never all.
import { html, useEffect, useRef, useState } from "./preact.js";
import { events } from "./live.js";
import { clock, num } from "./format.js";
import { Empty } from "./widgets.js";

const KEEP = 400;

/** A record as JSON with its keys set off; text that is no JSON as it is. */
function Line({ text }) {
  const parts = [];
  const form = /("(?:[^"\\]|\\.)*")(\s*:)?/g;
  let end = 0;
  for (let found = form.exec(text); found && parts.length < 200; found = form.exec(text)) {
    parts.push(text.slice(end, found.index), html`<span class=${found[2] ? "k" : "v"}>${found[1]}</span>`, found[2] || "");
    end = found.index + found[0].length;
  }
  return html`${parts}${text.slice(end)}`;
}

export function Tail({ snapshot, repo }) {
  const names = snapshot.repos.map((r) => r.repo);
  const chosen = repo || names[0] || "";
  const [rate, setRate] = useState(10);
  const [held, setHeld] = useState(false);
  const [filter, setFilter] = useState("");
  const [lines, setLines] = useState([]);
  const [link, setLink] = useState({ link: "connecting", why: "" });
  const [passed, setPassed] = useState(0);
  const box = useRef(null);
  const serial = useRef(0);
  useEffect(() => {
    setLines([]);
    if (!chosen || held) return undefined;
    return events(`/v1/tail?${new URLSearchParams({ repo: chosen, rate })}`, (event) => {
      setPassed(event.passed_records);
      setLines((before) => [...before, ...event.records.map((r) => ({ ...r, id: ++serial.current }))].slice(-KEEP));
    }, (now, why) => setLink({ link: now, why }));
  }, [chosen, rate]);
  useEffect(() => {
    if (!held && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [lines, held]);
  const frozen = useRef([]);
  if (!held) frozen.current = lines;
  const shown = frozen.current.filter((l) => !filter || l.record.includes(filter));
  return html`<section class="card">
    <header><h2>Tail</h2>
      <select aria-label="Repo" value=${chosen} onChange=${(e) => { location.hash = `#/tail/${encodeURIComponent(e.target.value)}`; }}>
        ${[...new Set([chosen, ...names])].filter((n) => n).map((n) => html`<option value=${n}>${n}</option>`)}
      </select>
      <select aria-label="Records a second" value=${rate} onChange=${(e) => setRate(Number(e.target.value))}>
        ${[1, 10, 50, 100].map((n) => html`<option value=${n}>${n} a second at most</option>`)}
      </select>
      <input class="in-text" type="search" id="filter" placeholder="Only with ( / )" aria-label="Only records that contain" value=${filter} onInput=${(e) => setFilter(e.target.value)} />
      <span class="soft">${link.link === "lost" ? link.why : passed ? `${num(passed)} records passed in the last second` : ""}</span>
      <div class="push"><button type="button" class="b" aria-pressed=${held} onClick=${() => setHeld(!held)}>${held ? "Go on" : "Hold"}</button><button type="button" class="b" onClick=${() => setLines([])}>Clear</button></div>
    </header>
    ${!chosen ? html`<${Empty} title="No repo is open on this node."><p>Push a record, then its repo is here. See <a href="#/flow">Flow</a> for how.</p><//>`
      : html`<div class="lines" ref=${box} tabindex="0" role="log" aria-label=${`Records of ${chosen}`} aria-live="off">
        ${shown.length ? shown.map((l) => html`<div key=${l.id}><span class="soft">${clock(l.arrived_ms)}</span> <${Line} text=${l.record} /></div>`)
          : html`<div class="soft">${lines.length ? "No record of those shown contains that." : "Waiting for records of this repo."}</div>`}
      </div>`}
  </section>`;
}
