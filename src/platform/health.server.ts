import { knownMigrations } from './database/migrate.server.ts';
import { runtime } from './runtime.server.ts';

/** Whether the database answers within two seconds and has every migration of this program. */
export async function isReady(): Promise<boolean> {
  const { pool } = runtime().connections;
  try {
    const { rows } = await pool.query<{ name: string }>({
      text: 'select migration_name as name from _prisma_migrations where finished_at is not null and rolled_back_at is null',
      query_timeout: 2000,
    } as { text: string });
    const applied = new Set(rows.map((row) => row.name));
    return (await knownMigrations()).every((migration) => applied.has(migration.name));
  } catch {
    // Not reachable is the answer.
    return false;
  }
}
