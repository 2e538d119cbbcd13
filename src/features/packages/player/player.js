// The outermost document of a package in play: it holds the API that the content looks for, and reports to the school what the content sets.
import { scormApi } from './scorm-api.js';

/** Sets come in bursts. */
const reportAfterMs = 400;
/** Where the school cannot be reached. */
const tryAgainMs = 10_000;

/** @type {{ elements: import('./scorm-api.js').Element[], mostPlaces: number, values: Record<string, string>, part: string, isAsset: boolean, launch: string, records: boolean, content: string, school: string }} */
const begin = JSON.parse(document.getElementById('begin')?.textContent ?? '');

/** What was set and not yet acknowledged. @type {Map<string, string>} */
const unsaved = new Map();
let run = 0;
let sequence = 0;
let startedAt = 0;
let isRunning = false;
let isSending = false;
/** Access has ended, or the address is too old: nothing will be kept any more. */
let isRefused = false;
/** The page is going away. Content may still speak: browsers tell a document of its end before the frames within it. */
let hasLeft = false;
/** Every report that was sent has been answered, or has failed. @type {Promise<unknown>} */
let answered = Promise.resolve();
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

/** @param {'none' | 'left' | 'finished'} ending */
function send(ending) {
  answered = Promise.all([answered, sendUnsaved(ending)]);
}

/**
 * Sends what is unsaved. What cannot be sent stays unsaved, and goes with the next report.
 * @param {'none' | 'left' | 'finished'} ending
 */
async function sendUnsaved(ending) {
  clearTimeout(timer);
  timer = undefined;
  if (!begin.records || isRefused) return;
  const running = run;
  const body = report(ending);
  if (hasLeft) {
    navigator.sendBeacon('report', new Blob([JSON.stringify(body)], { type: 'application/json' }));
    return;
  }
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
    isRefused = answer.status >= 400 && answer.status < 500 && answer.status !== 429;
    if (!answer.ok) throw new Error(String(answer.status));
    for (const [name, value] of sent) if (unsaved.get(name) === value) unsaved.delete(name);
    tell({ kind: 'saved', ...(await answer.json()) });
    isSending = false;
    if (isRunning && unsaved.size > 0) soon(reportAfterMs);
  } catch {
    isSending = false;
    tell({ kind: isRefused ? 'refused' : 'unsaved' });
    timer ??= setTimeout(() => send(run === running ? ending : 'none'), tryAgainMs);
  }
}

/** @param {number} waitMs */
function soon(waitMs) {
  if (isSending) return;
  timer ??= setTimeout(() => send('none'), waitMs);
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
    if (hasLeft) send('left');
    else soon(reportAfterMs);
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

/** What content does not say itself when it is left is said here. */
function sayThatItIsLeft() {
  if (isRunning || (begin.isAsset && startedAt !== 0)) send(begin.isAsset ? 'finished' : 'left');
}

addEventListener('pagehide', () => {
  hasLeft = true;
  sayThatItIsLeft();
});

// The lesson's page asks before it takes this frame away: of a frame that goes, browsers send the last words late, or not at all.
addEventListener('message', async (event) => {
  if (event.source !== parent || event.origin !== begin.school) return;
  if (event.data === 'hello') tell({ kind: 'begun' });
  if (event.data !== 'end') return;
  frame.remove();
  sayThatItIsLeft();
  isRunning = false;
  await answered;
  tell({ kind: 'ended' });
});
tell({ kind: 'begun' });
