// What the page knows: the newest snapshot of the node, and how it is asked for things.

const listeners = new Set();
export const state = { snapshot: null, link: "connecting", why: "", needsKey: false, tried: false, toasts: [] };
let serial = 0;

export function change(part) {
  Object.assign(state, part);
  listeners.forEach((heard) => heard());
}

export function onChange(heard) {
  listeners.add(heard);
  return () => listeners.delete(heard);
}

// The key stays in this tab and is gone with it.
const KEY = "penstock.key";

export function signIn(key) {
  sessionStorage.setItem(KEY, key);
  change({ needsKey: false, tried: true, link: "connecting" });
  follow();
}

function headers() {
  const key = sessionStorage.getItem(KEY);
  return key ? { Authorization: `Bearer ${key}` } : {};
}

export function toast(text, s = "good") {
  const id = ++serial;
  change({ toasts: [...state.toasts.slice(-3), { id, text, s }] });
  setTimeout(() => change({ toasts: state.toasts.filter((t) => t.id !== id) }), s === "bad" ? 12000 : 5000);
}

/** Asks the node: {status, json, text}. Never throws; a node that does not answer has status 0. */
export async function call(method, path, body) {
  try {
    const answer = await fetch(path, {
      method,
      headers: { ...headers(), ...(body ? { "Content-Type": "application/json" } : {}) },
      body: body ? JSON.stringify(body) : undefined,
    });
    if (answer.status === 401) change({ needsKey: true });
    const text = await answer.text();
    let json = {};
    try {
      json = JSON.parse(text);
    } catch {
      json = { error: text.slice(0, 300) };
    }
    return { status: answer.status, json, text };
  } catch (broken) {
    return { status: 0, json: { error: `the node does not answer (${broken.message})` } };
  }
}

/** Does something and says what became of it. */
export async function act(method, path, body, done) {
  const { status, json } = await call(method, path, body);
  const well = status >= 200 && status < 300;
  toast(well ? done : json.error || `status ${status}`, well ? "good" : "bad");
  return well ? json : null;
}

/**
 * Server-sent events read with fetch, which, unlike EventSource, can send a key. Goes on after a
 * break, by itself, until stopped.
 */
export function events(path, onData, onLink) {
  const abort = new AbortController();
  let waitMs = 500;
  (async () => {
    while (!abort.signal.aborted) {
      try {
        const answer = await fetch(path, { headers: headers(), signal: abort.signal, cache: "no-store" });
        if (answer.status === 401) {
          change({ needsKey: true });
          return;
        }
        if (!answer.ok) throw new Error((await answer.json()).error || `status ${answer.status}`);
        onLink("live", "");
        waitMs = 500;
        await read(answer.body.getReader(), onData);
        throw new Error("the node closed the stream");
      } catch (broken) {
        if (abort.signal.aborted) return;
        onLink("lost", broken.message);
        await new Promise((go) => setTimeout(go, waitMs));
        waitMs = Math.min(waitMs * 2, 5000);
      }
    }
  })();
  return () => abort.abort();
}

async function read(reader, onData) {
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    rest += decoder.decode(value, { stream: true });
    let end;
    while ((end = rest.indexOf("\n\n")) >= 0) {
      const event = rest.slice(0, end);
      rest = rest.slice(end + 2);
      if (event.startsWith("data: ")) onData(JSON.parse(event.slice(6)));
    }
  }
}

let stop = () => {};

/** Follows the node; again after a sign-in. */
export function follow() {
  stop();
  stop = events("/v1/live", (snapshot) => change({ snapshot, link: "live", tried: false }), (link, why) => change({ link, why }));
}

// Nobody looks at a hidden tab: it gives its connection back, of which a browser has six to a node.
document.addEventListener("visibilitychange", () => (document.hidden ? stop() : follow()));

export const pathOf = (e) => `/v1/exports/${encodeURIComponent(e.repo)}/${encodeURIComponent(e.export)}`;
