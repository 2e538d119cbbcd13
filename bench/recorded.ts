import pg from 'pg';

/** A prepared statement as it was sent. */
export interface SentStatement {
  name: string;
  text: string;
  values: unknown[];
}

/** The prepared statements that some work sends, without what opens and closes a transaction: what a page costs the database. */
export async function statementsOf(work: () => Promise<unknown>): Promise<SentStatement[]> {
  const sent: SentStatement[] = [];
  const original = pg.Client.prototype.query;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [config] = args as [Partial<SentStatement> | string];
    if (typeof config === 'object' && config.name?.startsWith('s_') && !config.text?.startsWith('select set_config('))
      sent.push(config as SentStatement);
    return Reflect.apply(original, this, args);
  } as typeof original;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = original;
  }
  return sent;
}
