// The outermost document of a package in play: it holds the API that the content looks for, and reports to the school what the content sets.
import { scormApi } from './scorm-api.js';

const reportAfterMs = 2_000;

/** @type {{ elements: import('./scorm-api.js').Element[], mostPlaces: number, values: Record<string, string>, part: string, isAsset: boolean, launch: string, records: boolean, content: string, school: string }} */
const begin = JSON.parse(document.getElementById('begin')?.textContent ?? '');

/** What was set and not yet acknowledged. @type {Map<string, string>} */
const unsaved = new Map();
let run = 0;
let sequence = 0;
let startedAt = 0;
let isRunning = false;
let isSending = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {Record<string, unknown>} word */
const tell = (word) => parent !== window && parent.postMessage({ from: 'lyceum-package', ...word }, begin.school);

/** @param {'none' | 'left' | 'finished'} ending */
function report(ending) {
  sequence += 1;
  const seconds = startedAt === 0 ? 0 : Math.round((performance.now() - startedAt) / 1000);
  return { part: begin.part, launch: begin.launch, run, sequence, values: Object.fromEntries(unsaved), seconds, ending };
}

/**
 * Sends what is unsaved. What cannot be sent stays unsaved, and goes with the next report.
 * @param {'none' | 'left' | 'finished'} ending
 */
async function send(ending) {
  clearTimeout(timer);
  timer = undefined;
  if (!begin.records) return;
  const body = report(ending);
  const sent = new Map(unsaved);
  isSending = true;
  try {
    const text = JSON.stringify(body);
    // Browsers let 64 KB outlive a page that is left.
    const answer = await fetch('report', {
      method: 'POST',
      body: text,
      headers: { 'content-type': 'application/json' },
      keepalive: text.length < 60_000,
    });
    if (!answer.ok) throw new Error(String(answer.status));
    for (const [name, value] of sent) if (unsaved.get(name) === value) unsaved.delete(name);
    tell({ kind: 'saved', ...(await answer.json()) });
  } catch {
    tell({ kind: 'unsaved' });
  } finally {
    isSending = false;
    if (isRunning && unsaved.size > 0) soon();
  }
}

function soon() {
  if (isSending) return;
  timer ??= setTimeout(() => send('none'), reportAfterMs);
}

const api = scormApi({
  elements: begin.elements,
  mostPlaces: begin.mostPlaces,
  values: begin.values,
  onbegin() {
    // A page of the content that begins anew after an end: another sitting.
    if (startedAt !== 0) run += 1;
    sequence = 0;
    startedAt = performance.now();
    isRunning = true;
    send('none');
  },
  onset(name, value) {
    unsaved.set(name, value);
    soon();
  },
  onsave: () => send('none'),
  onfinish() {
    isRunning = false;
    send('finished');
  },
});
Object.assign(window, { API: api });

const frame = document.createElement('iframe');
frame.title = document.title;
frame.allow = 'fullscreen; autoplay';
frame.src = begin.content;
// A page that calls nothing is complete when it was seen.
if (begin.isAsset) {
  frame.addEventListener(
    'load',
    () => {
      startedAt = performance.now();
      send('finished');
    },
    { once: true },
  );
}
document.body.append(frame);

// The frame's own goodbye comes first where it has one; what it did not say is said here.
addEventListener('pagehide', () => {
  if (isRunning || (begin.isAsset && startedAt !== 0)) {
    isRunning = false;
    send(begin.isAsset ? 'finished' : 'left');
  }
});
