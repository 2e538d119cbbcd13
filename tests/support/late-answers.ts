import { Server, type ServerResponse } from 'node:http';

/**
 * Read by a school before it starts, this makes each of its answers late by a random time: a part of it passes before the request is heard,
 * the rest before the answer leaves. So requests and answers overtake each other, and what an answer says need not be true anymore.
 */
const longestMs = Number(process.env.JOURNEY_LATE_ANSWERS);

type Say = (...words: unknown[]) => unknown;

const hear = Server.prototype.emit;
Server.prototype.emit = function (event: string | symbol, ...heard: unknown[]) {
  if (event !== 'request') return hear.call(this, event, ...heard);
  const lateMs = Math.random() * longestMs;
  const beforeMs = Math.random() * lateMs;
  holdBack(heard[1] as ServerResponse, lateMs - beforeMs);
  setTimeout(() => hear.call(this, event, ...heard), beforeMs);
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
