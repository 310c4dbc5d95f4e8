// The nodes of the cluster: load, tasks, and letting one go.
import { html, useState } from "./preact.js";
import { act } from "./live.js";
import { age, bytes, num, short, words } from "./format.js";
import { Ask, Meter, State, Table, Value } from "./widgets.js";

const stateOf = (n, alone) => {
  if (n.leaving) return { s: "warn", word: "leaving" };
  if (n.state === "drained") return { s: "hold", word: "drained" };
  if (n.draining) return { s: "warn", word: "draining" };
  if (n.heartbeat == null && !alone) return { s: "idle", word: "no report yet" };
  return { s: "good", word: "alive" };
};

export function Nodes({ snapshot }) {
  const [asked, setAsked] = useState(null);
  const alone = !snapshot.cluster;
  const leader = alone ? null : snapshot.cluster.leader.leader;
  const drain = async (n, verb) => {
    await act("POST", `/v1/nodes/${encodeURIComponent(n.node)}/${verb}`, null, verb === "drain" ? `${n.node} drains: its tasks move to other nodes.` : `${n.node} takes tasks again.`);
    setAsked(null);
  };
  const total = snapshot.nodes.length;
  const columns = [
    { label: "Node", cell: (n) => html`<span>${n.self ? n.node : html`<a href=${`${location.protocol}//${n.admin}/console/`}>${n.node}</a>`}
      ${n.self ? html` <span class="unit">this one</span>` : null}${n.node === leader ? html` <span class="unit">leader</span>` : null}</span>` },
    { label: "State", cell: (n) => html`<${State} ...${stateOf(n, alone)} />` },
    { label: "CPU", num: true, cell: (n) => n.busy_cores == null ? "–" : html`<span>${n.busy_cores.toFixed(1)}<span class="unit">of ${num(n.capacity.cpu)}</span><${Meter} part=${n.busy_cores / n.capacity.cpu} /></span>` },
    { label: "Memory free", num: true, cell: (n) => html`<${Value} of=${bytes(n.available_bytes)} />` },
    { label: "Process", num: true, cell: (n) => html`<${Value} of=${bytes(n.resident_bytes)} />` },
    { label: "Network", num: true, cell: (n) => html`<${Value} of=${bytes(n.network_bytes_per_s)} tail="/s" />` },
    { label: "Disk written", num: true, cell: (n) => html`<${Value} of=${bytes(n.disk_bytes_per_s)} tail="/s" />` },
    { label: "Disk free", num: true, cell: (n) => html`<${Value} of=${bytes(n.free_disk_bytes)} />` },
    ...(alone ? [] : [{ label: "Tasks", num: true, cell: (n) => num(n.tasks) }]),
    { label: "Lag", num: true, cell: (n) => html`<${Value} of=${short(n.lag_records || 0)} />` },
    ...(alone ? [] : [{ label: "Heartbeat", num: true, cell: (n) => html`<${Value} of=${age(n.reported ? Math.max(0, snapshot.time_ms - Date.parse(n.reported)) : null)} tail=" ago" />` },
      { label: "", cls: "free", cell: (n) => html`<div class="acts">${n.draining
        ? html`<button type="button" class="b" onClick=${() => drain(n, "undrain")}>Undrain</button>`
        : html`<button type="button" class="b" disabled=${total < 2} onClick=${() => setAsked(n)}>Drain</button>`}</div>` }]),
  ];
  return html`
    <section class="card">
      <header><h2>Nodes</h2><span class="soft">${alone ? "this node is alone" : `${total} in the cluster, ${leader ? `${leader} leads` : "nobody leads"}`}</span></header>
      <${Table} label="Nodes" columns=${columns} rows=${snapshot.nodes} keyOf=${(n) => n.node} />
    </section>
    ${alone ? html`<p class="note"><span>A node joins others by starting with <code>cluster.enabled</code> and <code>cluster.members</code>; conf/three-nodes.yaml makes three of one machine.</span></p>` : null}
    ${!alone && !leader ? html`<p class="note bad"><span>No node leads: deliveries go on, and nothing is planned or moved. A majority of the voters must see one another.</span></p>` : null}
    ${asked ? html`<${Ask} title=${`Drain ${asked.node}?`} verb="Drain" onYes=${() => drain(asked, "drain")} onClose=${() => setAsked(null)}
      text=${`Its ${num(asked.tasks)} tasks move to other nodes and it gets no new ones. Nothing is lost; what it has staged it hands over. ${words(short(asked.lag_records || 0))} records wait there now.`} />` : null}`;
}
