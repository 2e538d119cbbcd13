import pg from 'pg';
import { loadConfig } from '#platform/config.server.ts';
import { startRuntime, systemContext } from '#platform/runtime.server.ts';
import { applyProviderEvent } from '../settlement/apply-provider-event.ts';
import { eventOf } from '../settlement/kept-events.ts';

/** A process that settles an order and is killed without warning: before it sends the statement that it is told, or once that is answered. */
const { url, folder, event, before, after } = JSON.parse(process.argv[2] ?? '') as {
  url: string;
  folder: string;
  event: unknown;
  before?: string;
  after?: string;
};
const query = pg.Client.prototype.query as (...args: unknown[]) => unknown;
const die = () => process.kill(process.pid, 'SIGKILL');
let isSettling = false;

pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
  const [first] = args;
  const text = typeof first === 'string' ? first : (first as { text: string }).text;
  // The event is kept in a transaction of its own: what follows it is the settlement's.
  isSettling ||= text.includes('select payload');
  const isMeant = (words: string | undefined) =>
    words !== undefined && text.toLowerCase().includes(words) && (isSettling || words !== 'commit');
  if (isMeant(before)) die();
  const answer = query.apply(this, args);
  if (isMeant(after)) void Promise.resolve(answer).then(die);
  return answer;
} as never;

startRuntime(
  loadConfig({
    DATA_DIR: folder,
    SECRET: 'a secret for tests that has more than 32 characters',
    ORIGIN: 'http://localhost:3000',
    LOG_LEVEL: 'silent',
  }),
  url,
);
await applyProviderEvent(systemContext(new Date('2026-05-04T10:05:00Z')), 'demo', eventOf(event));
process.exit(7);
