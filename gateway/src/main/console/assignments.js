// Which node has which task, since when, and why.
import { html, useEffect, useState } from "./preact.js";
import { act, call } from "./live.js";
import { num, when } from "./format.js";
import { Dialog, Empty, Filter, State, Table } from "./widgets.js";

/** A row says what its node shall do. */
const STATES = { run: ["good", "runs"], release: ["warn", "is released"] };

function Why({ task, leader, nodes, onClose }) {
  const [said, setSaid] = useState(null);
  useEffect(() => {
    call("GET", `/v1/tasks/why?task=${encodeURIComponent(task)}`).then(setSaid);
  }, [task]);
  const at = nodes.find((n) => n.node === leader);
  return html`<${Dialog} title=${`Why is ${task} there?`} onClose=${onClose}>
    ${!said ? html`<p class="soft">Asking.</p>` : said.status === 200
      ? html`<pre>${said.json.why}</pre><${Decisions} decisions=${said.json.decisions} />`
      : html`<p>${said.json.error}</p>${at && at.admin ? html`<p><a href=${`http://${at.admin}/console/#/assignments`}>The console of ${leader}</a> can tell.</p>` : null}`}
    <div class="acts"><button class="b" type="button" onClick=${onClose}>Close</button></div>
  <//>`;
}

function Move({ row, nodes, onClose }) {
  const [to, setTo] = useState(nodes.find((n) => n.node !== row.node)?.node || row.node);
  const go = async () => {
    if (await act("POST", "/v1/tasks/move", { task: row.task, node: to }, `${row.task} is pinned to ${to}.`)) onClose();
  };
  return html`<${Dialog} title=${`Move ${row.task}`} onClose=${onClose}>
    <p>It is pinned to the node that you choose and moves there; unpin it to let the plan decide again.</p>
    <label class="row"><span>To node</span><select value=${to} onChange=${(e) => setTo(e.target.value)}>${nodes.map((n) => html`<option value=${n.node}>${n.node}</option>`)}</select></label>
    <div class="acts"><button class="b" type="button" onClick=${onClose}>Cancel</button><button class="b main" type="button" onClick=${go}>Move</button></div>
  <//>`;
}

const Decisions = ({ decisions }) => !decisions.length ? html`<p class="soft">Nothing was moved lately.</p>` : html`<${Table} label="Decisions" rows=${decisions} keyOf=${(d) => d.version + d.task + d.time} columns=${[
  { label: "When", cell: (d) => html`<span class="soft">${when(d.time)}</span>` },
  { label: "Task", cell: (d) => d.task },
  { label: "Move", cell: (d) => `${d.from || "nowhere"} → ${d.to || "nowhere"}` },
  { label: "Why", cls: "wrap", cell: (d) => d.why },
]} />`;

export function Assignments({ snapshot }) {
  const [filter, setFilter] = useState("");
  const [open, setOpen] = useState(null);
  const [decisions, setDecisions] = useState([]);
  const cluster = snapshot.cluster;
  const version = cluster && cluster.version;
  useEffect(() => {
    if (version) call("GET", "/v1/decisions").then(({ status, json }) => status === 200 && setDecisions(json.decisions.slice(0, 25)));
  }, [version]);
  if (!cluster) {
    return html`<section class="card"><header><h2>Assignments</h2></header><${Empty} title="This node is in no cluster: it runs every task itself.">
      <p>With <code>cluster.enabled: true</code> and the other nodes under <code>cluster.members</code> a leader spreads the tasks. <code>conf/three-nodes.yaml</code> is an example.</p>
    <//></section>`;
  }
  const rows = cluster.tasks.filter((t) => `${t.task} ${t.node}`.includes(filter));
  const unpin = (t) => act("POST", "/v1/tasks/move", { task: t.task }, `${t.task} is no longer pinned.`);
  const columns = [
    { label: "Task", cell: (t) => html`<span>${t.task}</span>` },
    { label: "Node", cell: (t) => html`<span>${t.node}</span>` },
    { label: "State", cell: (t) => html`<${State} s=${(STATES[t.state] || ["idle"])[0]} word=${(STATES[t.state] || ["", t.state])[1]} />` },
    { label: "Since table", cell: (t) => t.since },
    { label: "Group", cell: (t) => t.group },
    { label: "Ordered", cell: (t) => html`<span class="soft">${t.ordered || "by the plan"}</span>` },
    { label: "", cls: "free", cell: (t) => html`<div class="acts">
      <button type="button" class="b" onClick=${() => setOpen({ why: t.task })}>Why</button>
      <button type="button" class="b" onClick=${() => setOpen({ move: t })}>Move</button>
      ${t.pins.length ? html`<button type="button" class="b" onClick=${() => unpin(t)}>Unpin</button>` : null}
    </div>` },
  ];
  return html`
    <section class="card">
      <header><h2>Assignments</h2><span class="soft">${num(cluster.tasks_count)} tasks, table ${cluster.version}, ${cluster.leader.leader ? `${cluster.leader.leader} leads` : "nobody leads"}</span>
        <div class="push"><${Filter} value=${filter} onInput=${setFilter} label="Filter tasks" /></div></header>
      ${rows.length ? html`<${Table} label="Tasks" columns=${columns} rows=${rows} keyOf=${(t) => t.task} />` : html`<${Empty} title="No task."><p>A task comes with the first export of a repo that is pushed to.</p><//>`}
    </section>
    <section class="card"><header><h2>Decided lately</h2></header>${decisions.length ? html`<${Decisions} decisions=${decisions} />` : html`<${Empty} title="Nothing yet." />`}</section>
    ${open && open.why ? html`<${Why} task=${open.why} leader=${cluster.leader.leader} nodes=${snapshot.nodes} onClose=${() => setOpen(null)} />` : null}
    ${open && open.move ? html`<${Move} row=${open.move} nodes=${snapshot.nodes} onClose=${() => setOpen(null)} />` : null}`;
}
