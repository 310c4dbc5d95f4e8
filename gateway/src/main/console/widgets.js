// Pieces that the views share.
import { html, useLayoutEffect, useRef, useState } from "./preact.js";
import { stateOf } from "./format.js";

const SHAPES = {
  good: "M6 1a5 5 0 1 0 0 10a5 5 0 0 0 0-10z",
  warn: "M6 .8L11.600 11H.4z",
  bad: "M6 0L12 6L6 12L0 6z",
  hold: "M1.500 1h3v10h-3zM7.500 1h3v10h-3z",
  idle: "M6 1a5 5 0 1 0 0 10a5 5 0 0 0 0-10zM6 3a3 3 0 1 1 0 6a3 3 0 0 1 0-6z",
};

export const Mark = ({ s, x = 0, y = 0 }) =>
  html`<svg x=${x} y=${y} width="11" height="11" viewBox="0 0 12 12" class="mark s-${s}" aria-hidden="true"><path d=${SHAPES[s]} fill-rule="evenodd" /></svg>`;

/** A state by colour, shape and word. */
export const State = ({ of, s, word, title }) => {
  const now = of ? stateOf(of) : { s, word, does: title || "" };
  return html`<span class="state s-${now.s}" title=${now.does}><${Mark} s=${now.s} /><span>${now.word}</span></span>`;
};

/** A value with its unit. */
export const Value = ({ of, tail = "" }) => html`${of[0]}<span class="unit">${of[1] + tail}</span>`;

export function Meter({ part, label }) {
  const share = Math.max(0, Math.min(1, part || 0));
  return html`<span class="meter ${share >= 0.95 ? "full" : share >= 0.8 ? "hot" : ""}" role="img" aria-label=${label || `${Math.round(share * 100)} %`}><i style=${{ width: `${share * 100}%` }}></i></span>`;
}

/**
 * A table; on a narrow screen each row becomes a card.
 * columns: [{label, cell, num, cls}]; the first is the name of the row.
 */
export const Table = ({ columns, rows, keyOf, label }) => html`<div class="scroll">
  <table class="cards" aria-label=${label}>
    <thead><tr>${columns.map((c) => html`<th scope="col" class=${c.num ? "num" : ""}>${c.label}</th>`)}</tr></thead>
    <tbody>
      ${rows.map((row) => html`<tr key=${keyOf(row)}>
        ${columns.map((c, n) => html`<td class="${n === 0 ? "name" : ""} ${c.num ? "num" : ""} ${c.cls || ""}" data-label=${c.label}><div class="v">${c.cell(row)}</div></td>`)}
      </tr>`)}
    </tbody>
  </table>
</div>`;

/** A modal dialog: Escape and the backdrop close it, focus stays in it and goes back. */
export function Dialog({ title, onClose, children }) {
  const ref = useRef(null);
  useLayoutEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    dialog.showModal();
    return () => {
      dialog.close();
      if (before && before.focus) before.focus();
    };
  }, []);
  return html`<dialog ref=${ref} aria-label=${title} onCancel=${(e) => { e.preventDefault(); onClose(); }} onClick=${(e) => e.target === ref.current && onClose()}>
    <div class="in"><h2>${title}</h2>${children}</div>
  </dialog>`;
}

/** Asks before something that cannot be taken back. */
export function Ask({ title, text, verb, danger, onYes, onClose, children }) {
  const [busy, setBusy] = useState(false);
  const yes = async () => {
    setBusy(true);
    await onYes();
    setBusy(false);
  };
  return html`<${Dialog} title=${title} onClose=${onClose}>
    <p>${text}</p>
    ${children}
    <div class="acts">
      <button class="b" type="button" onClick=${onClose} autofocus>Cancel</button>
      <button class="b main ${danger ? "danger" : ""}" type="button" data-act="confirm" disabled=${busy} onClick=${yes}>${verb}</button>
    </div>
  <//>`;
}

export const Empty = ({ title, children }) => html`<div class="empty"><strong>${title}</strong>${children}</div>`;

export const Filter = ({ value, onInput, label }) =>
  html`<input class="in-text" type="search" id="filter" placeholder="Filter ( / )" aria-label=${label} value=${value} onInput=${(e) => onInput(e.target.value)} />`;

export const exportHref = (e) => `#/export/${encodeURIComponent(e.repo)}/${encodeURIComponent(e.export)}`;
