// The reports that the node made: the list, one of them, and making another.
import { html, useEffect, useRef, useState } from "./preact.js";
import { act, call } from "./live.js";
import { when } from "./format.js";
import { Empty, Table } from "./widgets.js";

/**
 * A report stands in a shadow tree with its own styles, set by script: the page's policy allows no
 * styles in markup. A theme that was chosen here goes before the system's.
 */
function styled(text) {
  const theme = document.documentElement.dataset.theme;
  const dark = "(prefers-color-scheme: dark)";
  const chosen = theme === "dark" ? text.replaceAll(dark, "all") : theme === "light" ? text.replaceAll(dark, "not all") : text;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(chosen.replaceAll("body{", ":host{"));
  return sheet;
}

function Report({ name }) {
  const ref = useRef(null);
  const [fault, setFault] = useState("");
  useEffect(() => {
    let over = false;
    call("GET", `/v1/reports/${encodeURIComponent(name)}.html`).then(({ status, text, json }) => {
      if (over || !ref.current) return;
      if (status !== 200) {
        setFault(json.error || `status ${status}`);
        return;
      }
      const [, style] = text.match(/<style>([^]*?)<\/style>/);
      const page = new DOMParser().parseFromString(text.replace(/<style>[^]*?<\/style>/, ""), "text/html");
      const shadow = ref.current.shadowRoot || ref.current.attachShadow({ mode: "open" });
      shadow.adoptedStyleSheets = [styled(style)];
      shadow.replaceChildren(document.adoptNode(page.querySelector("main")));
    });
    return () => {
      over = true;
    };
  }, [name]);
  return html`<p class="above"><a href="#/reports">All reports</a></p>
    ${fault ? html`<section class="card"><${Empty} title=${fault} /></section>` : null}
    <section class="card"><div class="in" id="report" ref=${ref}></div></section>`;
}

export function Reports({ repo: name }) {
  const [list, setList] = useState(null);
  const [busy, setBusy] = useState(false);
  const load = () => call("GET", "/v1/reports").then(({ status, json }) => setList(status === 200 ? json : { reports: [], fault: json.error }));
  useEffect(() => {
    if (!name) load();
  }, [name]);
  if (name) return html`<${Report} name=${name} />`;
  const make = async (kind) => {
    setBusy(true);
    const made = await act("POST", `/v1/reports?kind=${kind}`, null, "The report is made.");
    setBusy(false);
    if (made) location.hash = `#/reports/${made.report}`;
  };
  const columns = [
    { label: "Report", cell: (r) => html`<a href=${`#/reports/${r.report}`}>${r.report}</a>` },
    { label: "Kind", cell: (r) => html`<span>${r.kind}</span>` },
  ];
  return html`<section class="card"><header><h2>Reports</h2>
      <span class="soft">${list && list.next_ms ? `the next daily one on ${when(new Date(list.next_ms).toISOString())}` : "none by itself"}</span>
      <div class="push"><button class="b" type="button" data-act="hourly" disabled=${busy} onClick=${() => make("hourly")}>Last hour</button>
        <button class="b main" type="button" data-act="daily" disabled=${busy} onClick=${() => make("daily")}>Last 24 hours</button></div></header>
    ${list && list.reports.length ? html`<${Table} label="Reports" columns=${columns} rows=${list.reports} keyOf=${(r) => r.report} />` : html`<${Empty} title=${(list && list.fault) || "No report yet."}><p>Make one with a button above. The daily one is made at report.daily_at.</p><//>`}
  </section>`;
}
