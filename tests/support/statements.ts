import pg from 'pg';
import { vi } from 'vitest';
import { type SentStatement, Together } from '#platform/database/together.server.ts';

/** What belongs to any transaction and not to the page. */
const housekeeping = /^\s*(begin|commit|rollback|select set_config)/i;

/** The statements of one call of pg's `query`: several where they travel together. */
function statementsIn(query: unknown): Partial<SentStatement>[] {
  if (query instanceof Together) return [...query.statements];
  return [typeof query === 'string' ? { text: query } : (query as Partial<SentStatement>)];
}

/** Runs the work and gives the statements that it sent. */
export async function sentBy(work: () => Promise<unknown>): Promise<Partial<SentStatement>[]> {
  const sent: Partial<SentStatement>[] = [];
  const query = pg.Client.prototype.query as (...args: unknown[]) => unknown;
  const spy = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...args: unknown[]) {
    sent.push(...statementsIn(args[0]));
    return query.apply(this, args);
  } as never);
  try {
    await work();
  } finally {
    spy.mockRestore();
  }
  return sent;
}

/** Runs the work and gives the SQL that it sent, a transaction's own begin, set and commit aside. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const texts = (await sentBy(work)).map(({ text = '' }) => text);
  return texts.filter((text) => !housekeeping.test(text));
}
