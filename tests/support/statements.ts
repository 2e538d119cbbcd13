import pg from 'pg';
import { vi } from 'vitest';

/** What belongs to any transaction and not to the page. */
const housekeeping = /^\s*(begin|commit|rollback|select set_config)/i;

/** Runs the work and gives the SQL that it sent, a transaction's own begin, set and commit aside. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const sent: string[] = [];
  const query = pg.Client.prototype.query as (...args: unknown[]) => unknown;
  const spy = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...args: unknown[]) {
    const [first] = args;
    const text = typeof first === 'string' ? first : (first as { text: string }).text;
    if (!housekeeping.test(text)) sent.push(text);
    return query.apply(this, args);
  } as never);
  try {
    await work();
  } finally {
    spy.mockRestore();
  }
  return sent;
}
