// Dead letters: look at them, replay them, drop them.
import { html, useEffect, useState } from "./preact.js";
import { call, toast } from "./live.js";
import { count, num, when } from "./format.js";
import { Ask, Dialog, Empty, Table } from "./widgets.js";

const PAGE = 50;

function Show({ of, id, onClose }) {
  const [letter, setLetter] = useState(null);
  useEffect(() => {
    call("GET", `/v1/dlq/letter?${of}&id=${id}`).then(({ json }) => setLetter(json));
  }, [of, id]);
  const body = letter && (letter.text ?? letter.base64 ?? letter.error);
  return html`<${Dialog} title=${`Dead letter ${id}`} onClose=${onClose}>
    ${!letter ? html`<p class="soft">Asking.</p>` : html`
      <dl class="pairs">
        <dt>Reason</dt><dd>${letter.reason}</dd>
        <dt>Records</dt><dd>${num(letter.records)}</dd>
        <dt>Arrived</dt><dd>${when(letter.arrived)}</dd>
        <dt>Encoding</dt><dd>${letter.encoding}${letter.base64 ? ", as base64" : ""}</dd>
        <dt>Delivery</dt><dd class="mono">${letter.delivery}</dd>
      </dl>
      <pre class="shell">${String(body).slice(0, 4000)}${String(body).length > 4000 ? " …" : ""}</pre>`}
    <div class="acts"><button class="b" type="button" onClick=${onClose}>Close</button></div>
  <//>`;
}

export function Letters({ snapshot, repo, name }) {
  const [page, setPage] = useState(null);
  const [open, setOpen] = useState(null);
  const [busy, setBusy] = useState(0);
  const having = snapshot.exports.filter((e) => e.dead_lettered_records > 0);
  const chosen = having.find((e) => e.repo === repo && e.export === name) || having[0];
  const of = chosen ? new URLSearchParams({ repo: chosen.repo, export: chosen.export }).toString() : "";
  const records = chosen ? chosen.dead_lettered_records : 0;
  const load = () => of && call("GET", `/v1/dlq?${of}&limit=${PAGE}`).then(({ status, json }) => setPage(status === 200 ? json : { letters: [], fault: json.error }));
  useEffect(() => {
    load();
  }, [of, records]);

  const replay = async (letter) => {
    setBusy(letter.id);
    const { status, json } = await call("POST", `/v1/dlq/replay?${of}&id=${letter.id}`);
    setBusy(0);
    if (status === 200 && json.replayed) toast(`Letter ${letter.id} is delivered: ${count(letter.records, "record")}.`);
    else toast(`Letter ${letter.id} stays: ${json.why || json.error}`, "bad");
    await load();
  };
  const drop = async (letter) => {
    const { status, json } = await call("POST", `/v1/dlq/drop?${of}&id=${letter.id}`);
    if (status === 200 && json.dropped) toast(`Letter ${letter.id} is dropped: ${count(letter.records, "record")} given up.`);
    else toast(json.error || `Letter ${letter.id} does not wait any more.`, "bad");
    setOpen(null);
    await load();
  };

  if (!chosen) {
    return html`<section class="card"><header><h2>Dead letters</h2></header><${Empty} title="No dead letters wait on this node.">
      <p>What a target will never accept comes here with its reason, and waits until a person replays or drops it.</p><//></section>`;
  }
  const columns = [
    { label: "Letter", cell: (l) => html`<a href=${`#/letters/${encodeURIComponent(chosen.repo)}/${encodeURIComponent(chosen.export)}`} onClick=${(e) => { e.preventDefault(); setOpen({ show: l }); }}>${l.id}</a>` },
    { label: "Dead since", cell: (l) => html`<span>${when(l.dead)}</span>` },
    { label: "Records", num: true, cell: (l) => num(l.records) },
    { label: "Reason", cls: "wrap", cell: (l) => html`<span>${l.reason}</span>` },
    { label: "", cls: "free", cell: (l) => html`<div class="acts">
      <button type="button" class="b" onClick=${() => setOpen({ show: l })}>Look</button>
      <button type="button" class="b" data-act="replay" disabled=${busy === l.id} onClick=${() => replay(l)}>Replay</button>
      <button type="button" class="b danger" data-act="drop" onClick=${() => setOpen({ drop: l })}>Drop</button>
    </div>` },
  ];
  const letters = (page && page.letters) || [];
  return html`
    <section class="card">
      <header><h2>Dead letters</h2>
        <select aria-label="Export" value=${`${chosen.repo}/${chosen.export}`} onChange=${(e) => { location.hash = `#/letters/${e.target.value}`; }}>
          ${having.map((e) => html`<option value=${`${e.repo}/${e.export}`}>${e.repo}/${e.export}: ${count(e.dead_lettered_records, "record")}</option>`)}
        </select>
        <span class="soft">${page ? `${count(page.held_letters, "letter")}, ${count(page.held_records, "record")}; oldest first` : ""}</span></header>
      ${letters.length ? html`<${Table} label="Dead letters" columns=${columns} rows=${letters} keyOf=${(l) => l.id} />` : html`<${Empty} title=${(page && page.fault) || "None left on this page."} />`}
      ${page && page.held_letters > letters.length ? html`<p class="in soft">The oldest ${num(letters.length)} are shown; the others follow as these are settled. <code>penstock dlq</code> does many at once.</p>` : null}
    </section>
    ${open && open.show ? html`<${Show} of=${of} id=${open.show.id} onClose=${() => setOpen(null)} />` : null}
    ${open && open.drop ? html`<${Ask} danger title=${`Drop letter ${open.drop.id}?`} verb="Drop for good" onYes=${() => drop(open.drop)} onClose=${() => setOpen(null)}
      text=${`${count(open.drop.records, "record")} of ${chosen.repo} will be given up for export ${chosen.export} and cannot be brought back. The ledger counts that as dropped.`} />` : null}`;
}
