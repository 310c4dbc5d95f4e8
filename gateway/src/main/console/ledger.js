// The ledger of a repo on this node, balanced on demand: it takes a walk over the backlog.
import { html, useState } from "./preact.js";
import { call } from "./live.js";
import { num } from "./format.js";
import { Empty, State, Table, exportHref } from "./widgets.js";

const figure = (label, key) => ({ label, num: true, cell: (row) => num(row[key]) });

const columns = [
  { label: "Export", cell: (row) => html`<a href=${exportHref(row)}>${row.export}</a>` },
  figure("Accepted", "accepted"),
  figure("Delivered", "delivered"),
  figure("Staged", "staged"),
  figure("Parked", "parked"),
  figure("Dead letters", "dead_lettered"),
  figure("Dropped", "dropped"),
  { label: "Residue", num: true, cell: (row) => row.residue === 0 ? html`<${State} s="good" word="0" />` : html`<${State} s="bad" word=${num(row.residue)} />` },
];

export function Ledger({ repo }) {
  const [kept, setKept] = useState(null);
  const [busy, setBusy] = useState(false);
  const balance = async () => {
    setBusy(true);
    const { status, json } = await call("GET", "/v1/ledger");
    setBusy(false);
    setKept(status === 200 ? { rows: json.ledger.filter((row) => row.repo === repo) } : { rows: [], fault: json.error });
  };
  return html`<section class="card">
    <header><h2>Ledger</h2><span class="soft">what was accepted, less all that became of it</span>
      <div class="push"><button type="button" class="b" data-act="balance" disabled=${busy} onClick=${balance}>${busy ? "Counting" : kept ? "Count again" : "Balance"}</button></div></header>
    ${!kept ? null : kept.fault ? html`<p class="note bad"><span>${kept.fault}</span></p>`
      : kept.rows.length ? html`<${Table} label="Ledger" columns=${columns} rows=${kept.rows} keyOf=${(row) => row.export} />`
        : html`<${Empty} title="No export of this repo runs on this node."><//>`}
  </section>`;
}
