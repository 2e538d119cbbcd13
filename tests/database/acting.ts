import type pg from 'pg';

/** Runs work as the application for someone, and undoes it. */
export type Acting = <Result>(userId: string, role: string, work: () => Promise<Result>) => Promise<Result>;

/** Acting as anybody on a connection. */
export function actingOn(application: pg.Client): Acting {
  return async (userId, role, work) => {
    await application.query('begin');
    try {
      await application.query("select set_config('app.user_id', $1, true), set_config('app.user_role', $2, true)", [userId, role]);
      return await work();
    } finally {
      await application.query('rollback');
    }
  };
}

/** Every row that a connection sees of a table, as JSON text. */
export async function allRows(client: pg.Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ row: string }>(`select to_jsonb(t)::text as row from ${table} t`);
  return rows.map(({ row }) => row).sort();
}
