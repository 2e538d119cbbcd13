import { type PlayedRange, playedSeconds } from '../progress/progress.ts';
import type { WatchedReport } from '../progress/record-watched.ts';
import type { WatchedFilm } from './film.ts';

const everyMs = 10_000;

const addressOf = (lessonId: string) => `/watch/${lessonId}`;
const asJson = (body: string) => new Blob([body], { type: 'application/json' });

/** Tells the school which lesson is open, so that the learner's place moves with them. */
export function reportOpened(lessonId: string, positionSeconds: number): void {
  navigator.sendBeacon(addressOf(lessonId), asJson(JSON.stringify({ played: [], positionSeconds: Math.floor(positionSeconds) })));
}

/** All that the player has played since the page opened: each report holds the earlier ones, so a lost one loses nothing. */
function reportOf(film: WatchedFilm): string {
  const ranges = Array.from({ length: film.played.length }, (_, index): PlayedRange => [film.played.start(index), film.played.end(index)]);
  return JSON.stringify({ played: playedSeconds(ranges), positionSeconds: Math.floor(film.currentTime) });
}

/** Reports what is played every ten seconds, at each pause and when the page is left. Gives the function that ends it, with a last report. */
export function reportWatching(film: WatchedFilm, lessonId: string, onReport: (report: WatchedReport) => void): () => void {
  const address = addressOf(lessonId);
  let sent = '';
  let isRefused = false;

  const news = (): string | undefined => {
    const body = reportOf(film);
    return isRefused || film.played.length === 0 || body === sent ? undefined : body;
  };

  const send = async (): Promise<void> => {
    const body = news();
    if (!body) return;
    sent = body;
    try {
      const response = await fetch(address, { method: 'POST', body, headers: { 'content-type': 'application/json' }, keepalive: true });
      // Signed out, or access ended: nothing will be kept any more.
      isRefused = response.status >= 400 && response.status < 500 && response.status !== 429;
      if (response.ok) onReport(await response.json());
      else sent = '';
    } catch {
      // No connection. The next report holds this one.
      sent = '';
    }
  };

  const leave = (): void => {
    const body = news();
    if (body && navigator.sendBeacon(address, asJson(body))) sent = body;
  };
  const onHidden = () => document.visibilityState === 'hidden' && leave();

  const timer = setInterval(() => !film.paused && send(), everyMs);
  for (const name of ['pause', 'ended']) film.addEventListener(name, send);
  document.addEventListener('visibilitychange', onHidden);
  addEventListener('pagehide', leave);
  return () => {
    clearInterval(timer);
    for (const name of ['pause', 'ended']) film.removeEventListener(name, send);
    document.removeEventListener('visibilitychange', onHidden);
    removeEventListener('pagehide', leave);
    leave();
  };
}
