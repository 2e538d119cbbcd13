import { runMigrations } from 'graphile-worker';
import pg from 'pg';
import { silentWorkerLogger } from '../jobs-logger.server.ts';
import { applyMigrations } from './migrate.server.ts';
import { ensureApplicationRole } from './roles.server.ts';

export interface PrepareOptions {
  /** The database as the role that owns the tables. */
  ownerUrl: string;
  /** Password that the application's role gets; unused when that role is given by its own URL. */
  applicationPassword: string;
  /** The same database as a role made by hand, where the owner may not create roles. */
  applicationUrl?: string;
  say?: (line: string) => void;
}

/** Migrates the database and gives the application its weaker role. Returns the URL the application connects with. */
export async function prepareDatabase(options: PrepareOptions): Promise<string> {
  const owner = new pg.Client({ connectionString: options.ownerUrl, connectionTimeoutMillis: 10_000 });
  await owner.connect();
  try {
    // Two programs that start at once prepare one after the other; the lock goes with the connection.
    await owner.query("select pg_advisory_lock(hashtextextended('lyceum prepare', 0))");
    await applyMigrations(owner, options.say);
    await migrateJobTables(options.ownerUrl);
    const url = applicationUrlOf(options);
    const role = decodeURIComponent(url.username);
    await ensureApplicationRole(owner, { role, password: options.applicationUrl ? undefined : options.applicationPassword });
    await openJobTables(owner, role);
    return url.href;
  } finally {
    await owner.end();
  }
}

/** Where the application connects: as the role made for it, or as the one that its own URL names. */
export function applicationUrlOf(options: Omit<PrepareOptions, 'say'>): URL {
  const url = new URL(options.applicationUrl ?? options.ownerUrl);
  if (!options.applicationUrl) {
    const database = decodeURIComponent(url.pathname.slice(1));
    url.username = `${database}_app`;
    url.password = options.applicationPassword;
  }
  return url;
}

/** Through a pool of ours: the one that graphile-worker makes from a URL is still closing when its migrations are done. */
async function migrateJobTables(ownerUrl: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 1 });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    await runMigrations({ pgPool: pool, logger: silentWorkerLogger });
  } finally {
    await pool.end();
  }
}

/** graphile-worker closes its tables to all but their owner; the application enqueues and runs jobs as its own role. */
async function openJobTables(owner: pg.Client, role: string): Promise<void> {
  const name = pg.escapeIdentifier(role);
  await owner.query(`grant usage on schema graphile_worker to ${name};
    grant select, insert, update, delete on all tables in schema graphile_worker to ${name};
    grant usage, select on all sequences in schema graphile_worker to ${name};
    grant execute on all functions in schema graphile_worker to ${name}`);
  const { rows } = await owner.query<{ table: string; open: boolean }>(
    `select c.relname as table, exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polname = 'application_' || $1) as open
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'graphile_worker' and c.relkind = 'r' and c.relrowsecurity`,
    [role],
  );
  for (const { table } of rows.filter((row) => !row.open)) {
    await owner.query(
      `create policy ${pg.escapeIdentifier(`application_${role}`)} on graphile_worker.${pg.escapeIdentifier(table)} to ${name} using (true) with check (true)`,
    );
  }
}
