import type pg from 'pg';

/** Runs work as the application for someone, and undoes it. */
export type Acting = <Result>(userId: string, role: string, work: () => Promise<Result>) => Promise<Result>;

/** Says for the transaction that has begun who acts in it. */
const actAs = (application: pg.Client, userId: string, role: string) =>
  application.query("select set_config('app.user_id', $1, true), set_config('app.user_role', $2, true)", [userId, role]);

/** Acting as anybody on a connection. */
export function actingOn(application: pg.Client): Acting {
  return async (userId, role, work) => {
    await application.query('begin');
    try {
      await actAs(application, userId, role);
      return await work();
    } finally {
      await application.query('rollback');
    }
  };
}

/** Commits work as the application for someone. */
export async function committedOn(
  application: pg.Client,
  userId: string,
  role: string,
  work: (application: pg.Client) => Promise<unknown>,
): Promise<void> {
  await application.query('begin');
  try {
    await actAs(application, userId, role);
    await work(application);
    await application.query('commit');
  } catch (error) {
    await application.query('rollback');
    throw error;
  }
}

/** Every row that a connection sees of a table, as JSON text. */
export async function allRows(client: pg.Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ row: string }>(`select to_jsonb(t)::text as row from ${table} t`);
  return rows.map(({ row }) => row).sort();
}
