import pg from 'pg';
import { type SentStatement, Together } from '#platform/database/together.server.ts';

/** The prepared statements that some work sends, without what opens and closes a transaction: what a page costs the database. */
export async function statementsOf(work: () => Promise<unknown>): Promise<SentStatement[]> {
  const sent: SentStatement[] = [];
  const original = pg.Client.prototype.query;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [query] = args as [Together | Partial<SentStatement> | string];
    const statements = query instanceof Together ? query.statements : [query];
    for (const statement of statements)
      if (typeof statement === 'object' && statement.name?.startsWith('s_') && !statement.text?.startsWith('select set_config('))
        sent.push(statement as SentStatement);
    return Reflect.apply(original, this, args);
  } as typeof original;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = original;
  }
  return sent;
}
