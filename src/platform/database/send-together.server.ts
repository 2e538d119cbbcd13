import pg from 'pg';
import type { RunStatement } from './statement.ts';
import { type Done, prepareValue, type Rows, type SentStatement, Together } from './together.server.ts';

interface Waiting extends SentStatement {
  resolve(rows: Rows): void;
  reject(error: Error): void;
}

/**
 * Runs prepared statements over connections of the pool. What is asked until a connection is there travels together, and so does the statement
 * that each message begins with, where there is one.
 */
export function sendTogether(pool: pg.Pool, first?: SentStatement): RunStatement {
  const opening: Waiting[] = first ? [{ ...first, resolve() {}, reject() {} }] : [];
  let waiting = opening;
  const taken = () => {
    const all = waiting;
    waiting = opening;
    return all;
  };
  const send = async () => {
    const client = await pool.connect();
    const sent = taken();
    const done: Done = (error, results) => {
      client.release(error && isLost(error) ? error : undefined);
      for (const [index, { resolve, reject }] of sent.entries()) error ? reject(error) : resolve(results[index]!);
    };
    try {
      client.query(new Together(sent, done) as unknown as pg.Submittable);
    } catch (error) {
      // What could not be written at all leaves half a message behind.
      done(error as Error, []);
    }
  };
  return async ({ name, text }, ...values) => {
    const bound = values.map(prepareValue);
    const rows = new Promise<Rows>((resolve, reject) => {
      const isFirst = waiting === opening;
      waiting = [...waiting, { name, text, values: bound, resolve, reject }];
      if (isFirst) send().catch((error) => taken().map((each) => each.reject(error)));
    });
    // Who asked stands in the trace, and not the socket.
    return (await rows.catch((error) => {
      Error.captureStackTrace(error);
      throw error;
    })) as never;
  };
}

/** A connection is whole where only a statement failed: but not one whose prepared statements a migration has made stale (0A000), or lost (26000). */
function isLost(error: Error): boolean {
  return !(error instanceof pg.DatabaseError) || /^(08|57P|0A000|26000)/.test(error.code ?? '');
}
