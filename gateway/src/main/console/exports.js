// Exports: the list, one of them, and the form that makes and changes them.
import { html, useEffect, useRef, useState } from "./preact.js";
import { act, call, pathOf } from "./live.js";
import { age, bytes, count, num, short, words } from "./format.js";
import { Plot, Span, useHistory } from "./plot.js";
import { Ask, Empty, exportHref, Filter, Mark, State, Table, Value } from "./widgets.js";
import { Ledger } from "./ledger.js";

export function pause(e) {
  const paused = e.paused || e.state === "paused";
  return act("POST", `${pathOf(e)}/${paused ? "resume" : "pause"}`, null, paused ? `${e.repo}/${e.export} goes on.` : `${e.repo}/${e.export} is paused; what is under way lands.`);
}

/** Deletes; where something would be lost, says what, and asks once more. */
function Delete({ of, onClose, onGone }) {
  const [loss, setLoss] = useState(null);
  const go = async () => {
    const { status, json } = await call("DELETE", pathOf(of) + (loss ? "?force=true" : ""));
    if (status === 409 && json.would_lose) {
      setLoss(json.would_lose);
    } else if (status === 200) {
      onGone();
    } else {
      setLoss({ fault: json.error });
    }
  };
  const text = !loss ? "Its place and its dead letters go. If it has not delivered everything you are asked once more."
    : loss.fault || `${num(loss.records)} records (${words(bytes(loss.bytes))}) are not delivered yet and ${num(loss.dead_letter_records)} records wait as dead letters. They are lost for this export.`;
  return html`<${Ask} danger title=${`Delete export ${of.repo}/${of.export}?`} text=${text} verb=${loss ? "Delete and lose that" : "Delete"} onYes=${go} onClose=${onClose} />`;
}

const Actions = ({ e, onDelete }) => html`<div class="acts">
  ${["closed", "orphaned", "invalid"].includes(e.state) ? null : html`<button type="button" class="b" data-act="pause" onClick=${() => pause(e)}>${e.paused ? "Resume" : "Pause"}</button>`}
  ${e.origin === "request" ? html`<a class="b" href=${`#/change/${encodeURIComponent(e.repo)}/${encodeURIComponent(e.export)}`}>Change</a>` : null}
  ${e.origin !== "configuration" ? html`<button type="button" class="b danger" onClick=${onDelete}>Delete</button>` : null}
</div>`;

export function Exports({ snapshot }) {
  const [filter, setFilter] = useState("");
  const [gone, setGone] = useState(null);
  const rows = snapshot.exports.filter((e) => `${e.repo}/${e.export} ${e.sink}`.includes(filter));
  const columns = [
    { label: "Export", cell: (e) => html`<a href=${exportHref(e)}>${e.repo}/${e.export}</a>` },
    { label: "Sink", cell: (e) => e.sink },
    { label: "State", cell: (e) => html`<${State} of=${e} />` },
    { label: "Defined by", cell: (e) => html`<span class="soft">${e.origin}</span>` },
    { label: "Delivered", num: true, cell: (e) => num(e.delivered_records) },
    { label: "Lag", num: true, cell: (e) => html`<${Value} of=${short(e.lag_records || 0)} />` },
    { label: "Dead letters", num: true, cell: (e) => e.dead_lettered_records > 0 ? html`<a href=${`#/letters/${e.repo}/${e.export}`}>${num(e.dead_lettered_records)}</a>` : "0" },
    { label: "", cls: "free", cell: (e) => html`<${Actions} e=${e} onDelete=${() => setGone(e)} />` },
  ];
  return html`<section class="card">
    <header><h2>Exports</h2><div class="push"><${Filter} value=${filter} onInput=${setFilter} label="Filter exports" /><a class="b main" href="#/new">New export</a></div></header>
    ${rows.length ? html`<${Table} label="Exports" columns=${columns} rows=${rows} keyOf=${(e) => `${e.repo}/${e.export}`} />`
      : html`<${Empty} title=${filter ? `No export is called like "${filter}".` : "No export yet."}><p>An export says where the records of a repo go: <a href="#/new">New export</a>.</p><//>`}
  </section>
  ${gone ? html`<${Delete} of=${gone} onClose=${() => setGone(null)} onGone=${() => setGone(null)} />` : null}`;
}



export function One({ snapshot, repo, name }) {
  const [span, setSpan] = useState("10m");
  const [whole, setWhole] = useState(null);
  const [gone, setGone] = useState(false);
  const kept = useHistory(repo, name, span);
  const e = snapshot.exports.find((x) => x.repo === repo && x.export === name);
  useEffect(() => {
    call("GET", pathOf({ repo, export: name })).then(({ status, json }) => setWhole(status === 200 ? json : null));
  }, [repo, name, e && e.state]);
  if (!e) {
    return html`<section class="card"><header><h2>${repo}/${name}</h2></header><${Empty} title="There is no such export on this node."><a href="#/exports">All exports</a><//></section>`;
  }
  const p = e.pressure || {};
  return html`
    <section class="card">
      <header><h2>${repo}/${name}</h2><${State} of=${e} /><span class="soft">${e.sink}</span>
        <div class="push"><a class="b" href=${`#/tail/${encodeURIComponent(repo)}`}>Tail</a><${Actions} e=${e} onDelete=${() => setGone(true)} /></div></header>
      <div class="in"><dl class="pairs">
        <dt>Delivered</dt><dd>${num(e.delivered_records)} records, now ${words(short(e.delivered_per_s), "/s")}</dd>
        <dt>Lag</dt><dd>${!e.lag_records ? "nothing waits" : html`${num(e.lag_records)} records, ${words(bytes(e.lag_bytes || 0))}${e.parked_bytes ? `, of which ${words(bytes(e.parked_bytes))} parked` : ""}; the oldest waits ${words(age(e.oldest_age_ms || 0))}`}</dd>
        <dt>In flight</dt><dd>${num(e.in_flight || 0)} of ${num(p.concurrency_limit || 0)}, batches up to ${words(bytes(p.batch_limit_bytes || 0))}</dd>
        <dt>Dead letters</dt><dd>${e.dead_lettered_records > 0 ? html`<a href=${`#/letters/${repo}/${name}`}>${num(e.dead_lettered_records)} records</a>` : "none"}${e.dropped_records ? `, ${num(e.dropped_records)} records dropped` : ""}</dd>
        ${e.last_error || e.fault ? html`<dt>Last error</dt><dd>${e.fault || e.last_error}${!e.fault && e.state === "running" ? html` <span class="soft">(since then it runs again)</span>` : null}</dd>` : null}
        ${p.last_limit_change ? html`<dt>Limit moved</dt><dd>${p.last_limit_change}</dd>` : null}
      </dl></div>
    </section>
    <${Span} span=${span} onChange=${setSpan} />
    <div class="plots">
      <${Plot} title="Delivered" kept=${kept} format=${short} tail="/s" series=${[{ name: "records", gauge: "delivered_per_s" }, { name: "failures", gauge: "failures_per_s" }]} />
      <${Plot} title="Lag" kept=${kept} format=${short} series=${[{ name: "records", gauge: "lag_records" }]} />
      <${Plot} title="Lag in bytes" isBytes kept=${kept} format=${bytes} series=${[{ name: "bytes", gauge: "lag_bytes" }]} />
      <${Plot} title="Age of the oldest record" kept=${kept} format=${age} series=${[{ name: "oldest", gauge: "oldest_age_ms" }]} />
      <${Plot} title="In flight" kept=${kept} format=${short} series=${[{ name: "deliveries", gauge: "in_flight" }, { name: "limit", gauge: "concurrency_limit" }]} />
      <section class="card"><header><h3>Definition</h3></header><div class="in"><pre>${whole && whole.definition ? JSON.stringify(whole.definition, null, 2) : "none"}</pre></div></section>
    </div>
    ${gone ? html`<${Delete} of=${e} onClose=${() => setGone(false)} onGone=${() => { location.hash = "#/exports"; }} />` : null}`;
}

export function Repo({ snapshot, repo }) {
  const [span, setSpan] = useState("10m");
  const kept = useHistory(repo, "", span);
  const r = snapshot.repos.find((x) => x.repo === repo);
  const outs = snapshot.exports.filter((e) => e.repo === repo);
  return html`
    <section class="card">
      <header><h2>${repo}</h2><span class="soft">repo</span><div class="push"><a class="b" href=${`#/tail/${encodeURIComponent(repo)}`}>Tail</a><a class="b" href=${`#/new/${encodeURIComponent(repo)}`}>New export</a></div></header>
      <div class="in">${r ? html`<dl class="pairs">
        <dt>State</dt><dd>${r.state}</dd>
        <dt>Accepted</dt><dd>${num(r.accepted_records)} records, now ${words(short(r.accepted_per_s), "/s")}</dd>
        <dt>Staged</dt><dd>${words(bytes(r.staged_bytes))} that some export still needs; ${words(bytes(r.disk_bytes))} of files, ${num(r.segments)} segments</dd>
        ${r.quarantined_entries ? html`<dt>Damaged</dt><dd>${num(r.quarantined_entries)} entries failed their checksum and were passed over</dd>` : null}
      </dl>` : html`<p class="soft">It is not open on this node: nothing is staged, and the next push opens it.</p>`}</div>
    </section>
    <section class="card"><header><h2>Its exports</h2></header>
      ${outs.length ? html`<${Table} label="Exports" rows=${outs} keyOf=${(e) => e.export} columns=${[
        { label: "Export", cell: (e) => html`<a href=${exportHref(e)}>${e.export}</a>` },
        { label: "State", cell: (e) => html`<${State} of=${e} />` },
        { label: "Delivered", num: true, cell: (e) => html`<${Value} of=${short(e.delivered_per_s)} tail="/s" />` },
        { label: "Lag", num: true, cell: (e) => html`<${Value} of=${short(e.lag_records || 0)} />` },
        { label: "Oldest", num: true, cell: (e) => html`<${Value} of=${age(e.oldest_age_ms || 0)} />` },
      ]} />` : html`<${Empty} title="It has no export."><a href=${`#/new/${encodeURIComponent(repo)}`}>New export</a><//>`}
    </section>
    <${Ledger} repo=${repo} />
    <${Span} span=${span} onChange=${setSpan} />
    <div class="plots">
      <${Plot} title="Accepted" kept=${kept} format=${short} tail="/s" series=${[{ name: "records", gauge: "accepted_per_s" }]} />
      <${Plot} title="Written to the ring" isBytes kept=${kept} format=${bytes} tail="/s" series=${[{ name: "bytes", gauge: "staged_bytes_per_s" }]} />
    </div>`;
}

const HINT = { bytes: "64KiB, 16MiB or bytes", millis: "250ms, 2s, 5m or milliseconds", list: "a JSON list", map: "a JSON object" };

function Field({ k, value, fault, onInput }) {
  const id = `f-${k.key}`;
  const common = { id, "aria-invalid": Boolean(fault), "aria-describedby": `${id}-h`, onInput: (e) => onInput(e.target.value) };
  let input;
  if (k.kind === "flag") {
    input = html`<select ...${common} value=${value ?? ""}><option value="">${k.default} (default)</option><option value="true">true</option><option value="false">false</option></select>`;
  } else if (k.kind === "word") {
    input = html`<select ...${common} value=${value ?? ""}><option value="">${k.required ? "choose" : `${k.default} (default)`}</option>${k.words.map((w) => html`<option value=${w}>${w}</option>`)}</select>`;
  } else if (k.kind === "list" || k.kind === "map") {
    input = html`<textarea ...${common} class="in-text mono" rows="2" placeholder=${k.default || "{}"}>${value ?? ""}</textarea>`;
  } else {
    input = html`<input ...${common} class="in-text" type=${k.secret ? "password" : "text"} autocomplete="off" spellcheck="false" placeholder=${k.required ? "" : k.default.replace(/^""$/, "")} value=${value ?? ""} />`;
  }
  return html`<div class="row"><label for=${id}>${k.key}${k.required ? html`<span class="bad-t" title="required"> *</span>` : null}</label>${input}
    ${fault ? html`<div class="fault"><${Mark} s="bad" /><span>${fault}</span></div>` : null}
    <div class="help" id=${`${id}-h`}>${k.doc}${HINT[k.kind] ? ` (${HINT[k.kind]})` : ""}</div></div>`;
}

/** {"a.b": 1} to {a: {b: 1}}; texts of lists and maps are read as JSON. */
function nested(keys, values, faults) {
  const whole = {};
  for (const k of keys) {
    let value = values[k.key];
    if (value == null || value === "") continue;
    if (k.kind === "list" || k.kind === "map") {
      try {
        value = JSON.parse(value);
      } catch (broken) {
        faults[k.key] = `no JSON: ${broken.message}`;
        continue;
      }
    } else if (k.kind === "flag") {
      value = value === "true";
    }
    const path = k.key.split(".");
    let at = whole;
    path.slice(0, -1).forEach((part) => (at = at[part] ||= {}));
    at[path.at(-1)] = value;
  }
  return whole;
}

function flat(keys, from) {
  const values = {};
  for (const k of keys) {
    const value = k.key.split(".").reduce((at, part) => (at == null ? at : at[part]), from);
    if (value != null) values[k.key] = typeof value === "object" ? JSON.stringify(value) : String(value);
  }
  return values;
}

const TOP = ["file", "http", "kafka", "object"];

export function Form({ snapshot, repo: givenRepo, name: givenName }) {
  const [catalog, setCatalog] = useState(null);
  const [repo, setRepo] = useState(givenRepo || "");
  const [name, setName] = useState(givenName || "");
  const [from, setFrom] = useState("now");
  const [type, setType] = useState("");
  const [sink, setSink] = useState({});
  const [rest, setRest] = useState({});
  const [verdict, setVerdict] = useState({ s: "idle", text: "", faults: {} });
  const serial = useRef(0);
  useEffect(() => {
    call("GET", "/v1/sinks").then(async ({ status, json }) => {
      if (status !== 200) return setVerdict({ s: "bad", text: json.error, faults: {} });
      if (givenName) {
        const { json: whole } = await call("GET", pathOf({ repo: givenRepo, export: givenName }));
        const d = whole.definition || { sink: {} };
        setType(d.sink.type);
        setSink(flat((json.sinks.find((s) => s.type === d.sink.type) || { keys: [] }).keys, d.sink));
        setRest(flat(json.export, d));
      }
      return setCatalog(json);
    });
  }, [givenRepo, givenName]);
  const sinkKeys = (catalog && (catalog.sinks.find((s) => s.type === type) || {}).keys) || [];
  const restKeys = ((catalog && catalog.export) || []).filter((k) => k.key !== "name" && k.key !== "repo");

  const body = (faults) => ({ ...nested(restKeys, rest, faults), sink: { type, ...nested(sinkKeys, sink, faults) } });
  const path = (dry) => {
    const query = new URLSearchParams({ ...(dry ? { dry_run: true } : {}), ...(givenName ? {} : { from }) });
    return `${pathOf({ repo, export: name })}?${query}`;
  };
  const judge = async (dry) => {
    const mine = ++serial.current;
    const faults = {};
    const whole = body(faults);
    if (Object.keys(faults).length) return setVerdict({ s: "bad", text: "A key is no JSON.", faults });
    const { status, json } = await call("PUT", path(dry), whole);
    if (mine !== serial.current) return null;
    if (status === 200 || status === 201) {
      if (!dry) {
        location.hash = exportHref({ repo, export: name });
        return null;
      }
      const text = json.would === "nothing" ? "It is so already." : `Would ${json.would} it${json.differences.length ? ` (${json.differences.join(", ")})` : ""}: it ${json.note.replace(/^it /, "")}.`;
      return setVerdict({ s: "good", text: text.replace("it what is", "what is"), faults: {} });
    }
    (json.faults || (json.key ? [{ key: json.key, error: json.error }] : [])).forEach((f) => (faults[f.key] = f.error));
    return setVerdict({ s: "bad", text: json.error, faults });
  };
  // as one types: what the node would say
  useEffect(() => {
    if (!repo || !name || !type) {
      setVerdict({ s: "idle", text: `Still needed: ${[!repo && "a repo", !name && "a name", !type && "a sink"].filter((x) => x).join(", ")}.`, faults: {} });
      return undefined;
    }
    const timer = setTimeout(() => judge(true), 350);
    return () => clearTimeout(timer);
  }, [repo, name, type, from, JSON.stringify(sink), JSON.stringify(rest), catalog]);

  const faultOf = (k, prefix) => verdict.faults[prefix + k.key] || verdict.faults[k.key];
  const set = (all, put) => (k) => (value) => put({ ...all, [k.key]: value });
  const given = Boolean(givenName);
  const known = new Set([...sinkKeys.map((k) => `sink.${k.key}`), ...sinkKeys.map((k) => k.key), ...restKeys.map((k) => k.key)]);
  const elsewhere = Object.keys(verdict.faults).filter((key) => !known.has(key));
  const faulty = Object.keys(verdict.faults).length;
  const types = catalog ? [...catalog.sinks].sort((a, b) => (TOP.indexOf(a.type) + 1 || 9) - (TOP.indexOf(b.type) + 1 || 9)) : [];
  return html`<section class="card">
    <header><h2>${given ? `Change export ${givenRepo}/${givenName}` : "New export"}</h2></header>
    <form class="in form" onSubmit=${(e) => { e.preventDefault(); judge(false); }}>
      ${given ? null : html`
        <div class="row"><label for="f-repo">Repo<span class="bad-t"> *</span></label><input class="in-text" id="f-repo" list="repos" autocomplete="off" spellcheck="false" value=${repo} onInput=${(e) => setRepo(e.target.value)} />
          <datalist id="repos">${snapshot.repos.map((r) => html`<option value=${r.repo} />`)}</datalist><div class="help">Whose records are exported. It need not be there yet.</div></div>
        <div class="row"><label for="f-name">Name<span class="bad-t"> *</span></label><input class="in-text" id="f-name" autocomplete="off" spellcheck="false" value=${name} onInput=${(e) => setName(e.target.value)} /><div class="help">Its position is kept under this name.</div></div>
        <div class="row"><label for="f-from">Begins</label><select id="f-from" value=${from} onChange=${(e) => setFrom(e.target.value)}><option value="now">with what is pushed from now on</option><option value="start">at the oldest entry that the repo still holds</option></select></div>`}
      <div class="row"><label for="f-type">Sink<span class="bad-t"> *</span></label><select id="f-type" value=${type} onChange=${(e) => { setType(e.target.value); setSink({}); }}><option value="">choose</option>${types.map((s) => html`<option value=${s.type}>${s.type}</option>`)}</select></div>
      ${sinkKeys.filter((k) => k.required).map((k) => html`<${Field} key=${k.key} k=${k} value=${sink[k.key]} fault=${faultOf(k, "sink.")} onInput=${set(sink, setSink)(k)} />`)}
      ${sinkKeys.some((k) => !k.required) ? html`<details open=${sinkKeys.some((k) => !k.required && faultOf(k, "sink."))}><summary>More keys of ${type}</summary><div class="form">
        ${sinkKeys.filter((k) => !k.required).map((k) => html`<${Field} key=${k.key} k=${k} value=${sink[k.key]} fault=${faultOf(k, "sink.")} onInput=${set(sink, setSink)(k)} />`)}</div></details>` : null}
      ${type ? html`<details><summary>Batches, transforms, rates, retries</summary><div class="form">
        ${restKeys.map((k) => html`<${Field} key=${k.key} k=${k} value=${rest[k.key]} fault=${verdict.faults[k.key]} onInput=${set(rest, setRest)(k)} />`)}</div></details>` : null}
      <div class="verdict" role="status" aria-live="polite"><span class="state s-${verdict.s}"><${Mark} s=${verdict.s} /><span class="wrapped">${elsewhere.length ? elsewhere.map((key) => `${key}: ${verdict.faults[key]}`).join("; ") : verdict.s === "bad" && faulty ? `To mend above: ${count(faulty, "key")}.` : verdict.text}</span></span></div>
      <div><button class="b main" type="submit" data-act="save" disabled=${verdict.s !== "good"}>${given ? "Change it" : "Make it"}</button> <a class="b plain" href="#/exports">Cancel</a></div>
    </form>
  </section>`;
}
