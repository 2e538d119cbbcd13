import { type IncomingMessage, Server, type ServerResponse } from 'node:http';
import pg from 'pg';

/**
 * Read by a school before it starts, this makes each of its answers late by a random time: a part of it passes before the request is heard,
 * the rest before the answer leaves. So requests and answers overtake each other, and what an answer says need not be true anymore. Jobs, too,
 * are heard of late.
 */
const longestMs = Number(process.env.JOURNEY_LATE_ANSWERS);

type Say = (...words: unknown[]) => unknown;

type Emit = (this: unknown, event: string | symbol, ...told: unknown[]) => boolean;

const hear = Server.prototype.emit as Emit;
Server.prototype.emit = function (event: string | symbol, ...heard: unknown[]) {
  if (event !== 'request') return hear.call(this, event, ...heard);
  const lateMs = Math.random() * longestMs;
  const beforeMs = Math.random() * lateMs;
  const [request, answer] = heard as [IncomingMessage, ServerResponse];
  holdBack(answer, lateMs - beforeMs);
  // Who left without an answer has been asking for nothing but that, or else wanted something done.
  const isHeard = () => !answer.destroyed || (request.method !== 'GET' && request.method !== 'HEAD');
  setTimeout(() => isHeard() && hear.call(this, event, ...heard), beforeMs);
  return true;
};

const tell = pg.Client.prototype.emit as Emit;
pg.Client.prototype.emit = function (event: string | symbol, ...told: unknown[]) {
  const isOfJobs = event === 'notification' && String((told[0] as pg.Notification).channel).startsWith('jobs:');
  if (!isOfJobs) return tell.call(this, event, ...told);
  setTimeout(() => tell.call(this, event, ...told), Math.random() * longestMs);
  return true;
};

/** Lets nothing of an answer leave for a while after its first words. */
function holdBack(answer: ServerResponse, forMs: number): void {
  let released: Promise<void> | undefined;
  const later =
    (say: Say) =>
    (...words: unknown[]) => {
      released ??= new Promise((resolve) => setTimeout(resolve, forMs));
      // Whoever asked may have gone.
      released.then(() => answer.destroyed || say(...words));
      return true;
    };
  Object.assign(answer, { write: later(answer.write.bind(answer) as Say), end: later(answer.end.bind(answer) as Say) });
}
