// Alerts: what is wrong, what is silenced, who is told.
import { html, useEffect, useReducer, useState } from "./preact.js";
import { act, call, state, toast } from "./live.js";
import { num, when } from "./format.js";
import { Dialog, Empty, exportHref, State, Table } from "./widgets.js";

const EVERY_MS = 3000;
const listeners = new Set();
let all = null;
let timer = 0;

async function ask() {
  if (document.hidden || state.needsKey) return;
  const { status, json } = await call("GET", "/v1/alerts");
  if (status === 200) {
    all = json;
    listeners.forEach((heard) => heard());
  }
}

/** What the node says of its alerts; null before it did. Asked for while somebody wants to know. */
export function useAlerts() {
  const [, again] = useReducer((n) => n + 1, 0);
  useEffect(() => {
    listeners.add(again);
    if (listeners.size === 1) {
      ask();
      timer = setInterval(ask, EVERY_MS);
    }
    return () => {
      listeners.delete(again);
      if (!listeners.size) clearInterval(timer);
    };
  }, []);
  return all;
}

/** Those that fire and that nobody silenced. */
export const firing = (alerts) => (alerts ? alerts.alerts.filter((a) => a.state === "firing" && a.silence == null).length : 0);

const stateOf = (a) => {
  if (a.silence != null) return { s: "hold", word: "silenced", title: `Silence ${a.silence} keeps it from being told.` };
  if (a.state === "pending") return { s: "idle", word: "pending", title: `It fires when it is so for ${num(a.hold_ms / 1000)} s.` };
  if (a.clear_since) return { s: "good", word: "ending", title: `It is well since ${when(a.clear_since)}, and over when it stays so.` };
  return a.severity === "critical" ? { s: "bad", word: "critical" } : { s: "warn", word: "warning" };
};

const amount = (n, a) => (a.unit ? `${n} ${a.unit}` : String(n));
const nameOf = (a) => (a.repo ? `${a.repo}/${a.name}` : a.name || "node");
const isExport = (a) => a.repo && !a.condition.startsWith("source_");
const What = ({ of }) => (isExport(of) ? html`<a href=${exportHref({ repo: of.repo, export: of.name })}>${nameOf(of)}</a>` : html`<span>${nameOf(of)}</span>`);

const TIMES = [["30 minutes", 30], ["2 hours", 120], ["8 hours", 480], ["1 day", 1440], ["7 days", 10080]];

function Silence({ of, onClose }) {
  const [minutes, setMinutes] = useState(120);
  const [wide, setWide] = useState(false);
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const save = async (e) => {
    e.preventDefault();
    setBusy(true);
    const body = { condition: of.condition, repo: of.repo || "*", name: wide ? "*" : of.name || "*", for_ms: minutes * 60000, reason };
    const made = await act("POST", "/v1/alerts/silences", body, `${of.condition} of ${wide ? `all of ${of.repo || "the node"}` : nameOf(of)} is silenced.`);
    setBusy(false);
    await ask();
    if (made) onClose();
  };
  return html`<${Dialog} title=${`Silence ${of.condition} of ${nameOf(of)}?`} onClose=${onClose}>
    <form class="form" onSubmit=${save}>
      <p>It stays on this page, and nobody is told of it until the time is over. The audit log says who silenced it.</p>
      <div class="row"><label for="s-for">For</label><select id="s-for" autofocus value=${minutes} onChange=${(e) => setMinutes(Number(e.target.value))}>
        ${TIMES.map(([word, m]) => html`<option value=${m}>${word}</option>`)}</select></div>
      ${of.repo ? html`<div class="row"><label for="s-wide">All exports of ${of.repo}</label><input id="s-wide" type="checkbox" checked=${wide} onChange=${(e) => setWide(e.target.checked)} /></div>` : null}
      <div class="row"><label for="s-why">Reason</label><input class="in-text" id="s-why" maxlength="200" placeholder="for others" value=${reason} onInput=${(e) => setReason(e.target.value)} /></div>
      <div class="acts">
        <button class="b" type="button" onClick=${onClose}>Cancel</button>
        <button class="b main" type="submit" data-act="confirm" disabled=${busy}>Silence</button>
      </div>
    </form>
  <//>`;
}

function Silences({ alerts }) {
  const end = async (s) => {
    await act("DELETE", `/v1/alerts/silences/${s.id}`, null, `Silence ${s.id} is over.`);
    await ask();
  };
  const columns = [
    { label: "Silence", cell: (s) => html`<span>${s.id}</span>` },
    { label: "Condition", cls: "wide", cell: (s) => html`<span>${s.condition}</span>` },
    { label: "Of", cls: "wide", cell: (s) => html`<span>${s.repo}/${s.name}</span>` },
    { label: "Until", cls: "wide", cell: (s) => html`<span>${when(s.until)}</span>` },
    { label: "Reason", cls: "wrap", cell: (s) => html`<span>${s.reason || "–"}</span>` },
    { label: "", cls: "free", cell: (s) => html`<div class="acts"><button type="button" class="b" data-act="unsilence" onClick=${() => end(s)}>End</button></div>` },
  ];
  return html`<section class="card"><header><h2>Silences</h2></header><${Table} label="Silences" columns=${columns} rows=${alerts.silences} keyOf=${(s) => s.id} /></section>`;
}

function Told({ alerts }) {
  const [busy, setBusy] = useState("");
  const trial = async (c) => {
    setBusy(c.channel);
    const { status, json } = await call("POST", `/v1/alerts/test?channel=${encodeURIComponent(c.channel)}`);
    setBusy("");
    toast(status === 200 ? `${c.channel} took a trial message.` : json.error || `status ${status}`, status === 200 ? "good" : "bad");
    await ask();
  };
  const columns = [
    { label: "Channel", cell: (c) => html`<span>${c.channel}</span>` },
    { label: "Kind", cell: (c) => html`<span>${c.kind}</span>` },
    { label: "State", cell: (c) => html`<${State} s=${c.last_error ? "bad" : c.sent ? "good" : "idle"} word=${c.last_error || (c.sent ? "works" : "not used yet")} />` },
    { label: "Sent", num: true, cell: (c) => num(c.sent) },
    { label: "Lost", num: true, cell: (c) => num(c.lost) },
    { label: "Last", cls: "wide", cell: (c) => html`<span>${when(c.last_sent)}</span>` },
    { label: "", cls: "free", cell: (c) => html`<div class="acts"><button type="button" class="b" disabled=${busy === c.channel} onClick=${() => trial(c)}>Send a trial</button></div>` },
  ];
  return html`<section class="card"><header><h2>Who is told</h2></header>
    ${alerts.channels.length ? html`<${Table} label="Channels" columns=${columns} rows=${alerts.channels} keyOf=${(c) => c.channel} />`
    : html`<${Empty} title="Nobody: no channel is configured."><p>Name a webhook, Slack or mail under <code>notices</code> in the configuration of the node; until then alerts only show here.</p><//>`}</section>`;
}

function Past({ of }) {
  const [events, setEvents] = useState([]);
  useEffect(() => {
    call("GET", "/v1/alerts/history?limit=50").then(({ status, json }) => status === 200 && setEvents(json.events));
  }, [of]);
  const columns = [
    { label: "When", cell: (e) => html`<span>${when(e.time)}</span>` },
    { label: "What", cls: "wide", cell: (e) => (e.what === "firing" ? html`<${State} s=${e.alert.severity === "critical" ? "bad" : "warn"} word="began" />` : html`<${State} s="good" word="resolved" />`) },
    { label: "Condition", cls: "wide", cell: (e) => html`<span>${e.alert.condition}</span>` },
    { label: "Of", cls: "wide", cell: (e) => html`<${What} of=${e.alert} />` },
    { label: "Why", cls: "wrap", cell: (e) => html`<span>${e.alert.why || "–"}</span>` },
  ];
  return events.length ? html`<section class="card"><header><h2>Lately</h2></header><${Table} label="Events" columns=${columns} rows=${events} keyOf=${(e) => e.time + e.what + e.alert.id} /></section>` : null;
}

export function Alerts() {
  const alerts = useAlerts();
  const [open, setOpen] = useState(null);
  if (!alerts) return html`<section class="card"><p class="in soft">Asking the node.</p></section>`;
  const columns = [
    { label: "State", cell: (a) => html`<${State} ...${stateOf(a)} />` },
    { label: "Condition", cls: "wide", cell: (a) => html`<span>${a.condition}</span>` },
    { label: "Of", cls: "wide", cell: (a) => html`<${What} of=${a} />` },
    { label: "Since", cls: "wide", cell: (a) => html`<span>${when(a.since)}</span>` },
    { label: "Value", num: true, cell: (a) => html`<span title=${`threshold ${amount(a.threshold, a)}, clear beyond ${amount(a.clear, a)}`}>${amount(a.value, a)}</span>` },
    { label: "Why", cls: "wrap", cell: (a) => html`<span>${a.why || "–"}</span>` },
    { label: "", cls: "free", cell: (a) => html`<div class="acts"><button type="button" class="b" data-act="silence" disabled=${a.silence != null} onClick=${() => setOpen(a)}>Silence</button></div>` },
  ];
  const events = alerts.alerts.filter((a) => a.state === "firing").map((a) => a.id).join();
  return html`
    <section class="card">
      <header><h2>Alerts</h2><span class="soft">${alerts.enabled ? `${num(alerts.firing)} firing, ${num(alerts.pending)} pending` : "switched off: alerts.enabled is false"}</span></header>
      ${alerts.alerts.length ? html`<${Table} label="Alerts" columns=${columns} rows=${alerts.alerts} keyOf=${(a) => a.id} />`
      : html`<${Empty} title="Nothing is wrong."><p>What is watched, from which value on and for how long, is in docs/alerting.md; <code>alerts.rules</code> changes it.</p><//>`}
      ${alerts.left_out ? html`<p class="in note bad"><span>${num(alerts.left_out)} more are bad and not watched: there are too many.</span></p>` : null}
    </section>
    ${alerts.silences.length ? html`<${Silences} alerts=${alerts} />` : null}
    <${Told} alerts=${alerts} />
    <${Past} of=${events} />
    ${open ? html`<${Silence} of=${open} onClose=${() => setOpen(null)} />` : null}`;
}
