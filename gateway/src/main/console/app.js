// The frame: where one is, whether the node is heard, keys, and the help.
import { html, render, useEffect, useState } from "./preact.js";
import { follow, onChange, signIn, state } from "./live.js";
import { Alerts, firing, useAlerts } from "./alerts.js";
import { Assignments } from "./assignments.js";
import { Capacity } from "./capacity.js";
import { Exports, Form, One, Repo } from "./exports.js";
import { Flow } from "./flow.js";
import { Letters } from "./letters.js";
import { Limits } from "./limiters.js";
import { Nodes } from "./nodes.js";
import { Reports } from "./reports.js";
import { Tail } from "./tail.js";
import { stateOf } from "./format.js";
import { Dialog, State } from "./widgets.js";

const VIEWS = [
  ["flow", "Flow", Flow],
  ["nodes", "Nodes", Nodes],
  ["assignments", "Assignments", Assignments],
  ["limits", "Limits", Limits],
  ["letters", "Dead letters", Letters],
  ["exports", "Exports", Exports],
  ["tail", "Tail", Tail],
  ["alerts", "Alerts", Alerts],
  ["capacity", "Capacity", Capacity],
  ["reports", "Reports", Reports],
];
const MORE = { export: ["exports", One], repo: ["flow", Repo], new: ["exports", Form], change: ["exports", Form] };
const KEYS = [
  ["1 – 9, 0", "go to a view, from the left"],
  ["/", "filter"],
  ["n", "new export"],
  ["t", "light, dark, or as the system is"],
  ["?", "this help"],
  ["Esc", "close a dialog"],
];

function place() {
  const [view, repo, name] = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  return { view: view || "flow", repo, name };
}

const THEMES = ["system", "light", "dark"];

function setTheme(theme) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  localStorage.setItem("penstock.theme", theme);
}

const theme = () => localStorage.getItem("penstock.theme") || "system";
setTheme(theme());

function useKeys(onHelp, onTheme) {
  useEffect(() => {
    const pressed = (e) => {
      const typing = e.target.closest && e.target.closest("input, textarea, select, dialog");
      if (typing || e.ctrlKey || e.metaKey || e.altKey) return;
      const filter = document.getElementById("filter");
      if (/^[0-9]$/.test(e.key)) location.hash = `#/${VIEWS[(Number(e.key) + 9) % 10][0]}`;
      else if (e.key === "?") onHelp();
      else if (e.key === "t") onTheme();
      else if (e.key === "n") location.hash = "#/new";
      else if (e.key === "/" && filter) filter.focus();
      else return;
      e.preventDefault();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  });
}

function SignIn() {
  const [key, setKey] = useState("");
  // a browser heeds autofocus once a page, and this form comes again where a key is not known
  useEffect(() => document.getElementById("key").focus(), []);
  return html`<section class="card"><header><h2>Sign in</h2></header>
    <form class="in form" onSubmit=${(e) => { e.preventDefault(); signIn(key.trim()); }}>
      <p>This node asks for a key with the role <code>read</code>, or <code>admin</code> to change something. It is kept in this tab alone.</p>
      ${state.tried ? html`<p class="note bad" role="alert"><span>The node does not know this key, or it may not read here.</span></p>` : null}
      <div class="row"><label for="key">Key</label><input class="in-text" id="key" type="password" autocomplete="off" value=${key} onInput=${(e) => setKey(e.target.value)} /></div>
      <div><button class="b main" type="submit">Sign in</button></div>
    </form></section>`;
}

const LINK = { live: ["good", "live"], lost: ["bad", "lost"], connecting: ["idle", "connecting"] };

function App() {
  const [at, setAt] = useState(place());
  const [help, setHelp] = useState(false);
  const alerts = useAlerts();
  useEffect(() => {
    const moved = () => {
      setAt(place());
      scrollTo(0, 0);
    };
    addEventListener("hashchange", moved);
    return () => removeEventListener("hashchange", moved);
  }, []);
  const nextTheme = () => {
    setTheme(THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length]);
    draw();
  };
  useKeys(() => setHelp(true), nextTheme);
  const { snapshot, link, why, needsKey, toasts } = state;
  const [tab, View] = MORE[at.view] || [at.view, (VIEWS.find(([id]) => id === at.view) || VIEWS[0])[2]];
  const title = (VIEWS.find(([id]) => id === tab) || VIEWS[0])[1];
  useEffect(() => {
    document.title = `${title}${snapshot ? ` – ${snapshot.node.node}` : ""} – Penstock`;
  }, [title, snapshot && snapshot.node.node]);
  const bad = snapshot ? snapshot.exports.filter((e) => stateOf(e).s === "bad").length : 0;
  const dead = snapshot ? snapshot.exports.filter((e) => e.dead_lettered_records > 0).length : 0;
  const counts = { flow: bad, letters: dead, alerts: firing(alerts) };
  const says = LINK[link];
  return html`
    <a class="skip" href="#main" onClick=${(e) => { e.preventDefault(); document.getElementById("main").focus(); }}>To the content</a>
    <header class="bar"><div class="bar-in">
      <a class="brand" href="#/flow"><img src="icon.svg" alt="" /><span>Penstock</span><span class="where">${snapshot ? snapshot.node.node : ""}</span></a>
      <nav class="views" aria-label="Views">${VIEWS.map(([id, label]) => html`<a href=${`#/${id}`} aria-current=${id === tab ? "page" : undefined}>${label}
        ${counts[id] ? html`<span class="count" aria-label=${`${counts[id]} need a look`}>${counts[id]}</span>` : null}</a>`)}</nav>
      <div class="tools">
        <span class="live" title=${why}><${State} s=${says[0]} word=${says[1]} title=${why} /></span>
        <button class="b plain" type="button" onClick=${nextTheme} title="Light, dark, or as the system is (t)">${{ system: "Auto", light: "Light", dark: "Dark" }[theme()]}<span class="out"> theme; change it</span></button>
        <button class="b plain" type="button" onClick=${() => setHelp(true)} aria-label="Help and shortcuts" title="Help and shortcuts (?)">?</button>
      </div>
    </div></header>
    <main id="main" tabindex="-1">
      <h1 class="out">${title}</h1>
      ${link === "lost" && !needsKey ? html`<p class="note bad" role="alert"><span>The node is not heard${why ? `: ${why}` : ""}. What is shown is of the last moment; it is tried again by itself. <code>penstock nodes</code> at another node says whether it is there.</span></p>` : null}
      ${needsKey ? html`<${SignIn} />` : snapshot ? html`<${View} key=${`${at.view}/${at.view === "export" || at.view === "repo" || at.view === "change" ? `${at.repo}/${at.name}` : ""}`} snapshot=${snapshot} repo=${at.repo} name=${at.name} />` : html`<p class="soft">Waiting for the node.</p>`}
    </main>
    <div class="toasts" role="status" aria-live="polite">${toasts.map((t) => html`<div class="toast s-${t.s}" key=${t.id}>${t.text}</div>`)}</div>
    ${help ? html`<${Dialog} title="Shortcuts" onClose=${() => setHelp(false)}>
      <dl class="pairs">${KEYS.map(([key, does]) => html`<dt><kbd>${key}</kbd></dt><dd>${does}</dd>`)}</dl>
      <p class="soft">The same is done in a shell by <code>penstock help</code>. <a href="licences.txt">Licences</a> of what this page is made of.</p>
      <div class="acts"><button class="b" type="button" onClick=${() => setHelp(false)}>Close</button></div>
    <//>` : null}`;
}

const root = document.getElementById("app");
root.replaceChildren();
const draw = () => render(html`<${App} />`, root);
draw();
// not an effect of App: those run after a frame, and the node may refuse the page sooner
onChange(draw);
follow();
