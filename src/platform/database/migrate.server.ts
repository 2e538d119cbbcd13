import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { messageOf, OperatorError } from '../errors.ts';

/** A migration as it lies in the program. */
export interface Migration {
  name: string;
  sql: string;
  /** SHA-256 of the file, hexadecimal. */
  checksum: string;
}

interface AppliedMigration {
  name: string;
  checksum: string;
  finished: boolean;
}

const folder = fileURLToPath(new URL('../../../prisma/migrations/', import.meta.url));
const oldestServer = { number: 150_000, name: '15' };

/** The lock that Prisma's CLI takes too, so that neither runs into the other. */
const migrationLock = 72_707_369;

// As Prisma makes it, so that `prisma migrate status` and `prisma migrate deploy` agree with what was done here.
const bookkeeping = `create table if not exists public._prisma_migrations (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`;

/** The migrations that this program brings, in the order in which they are applied. */
export async function knownMigrations(): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(`${folder}${name}/migration.sql`, 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/**
 * Brings the database to the program's model, each migration in one transaction. Two programs that start at once wait for each other.
 * A server that is too old, a database of a newer program, of somebody else, or one that a migration left half-done: OperatorError.
 */
export async function applyMigrations(owner: pg.ClientBase, say?: (line: string) => void): Promise<void> {
  await refuseOldServer(owner);
  const known = await knownMigrations();
  await owner.query('select pg_advisory_lock($1)', [migrationLock]);
  try {
    await refuseForeignTables(owner);
    await owner.query(bookkeeping);
    const applied = await appliedMigrations(owner);
    refuseUnknownHistory(known, applied);
    const missing = known.filter((migration) => !applied.some(({ name }) => name === migration.name));
    for (const migration of missing) {
      say?.(`Migrating the database: ${migration.name}`);
      await apply(owner, migration);
    }
  } finally {
    await owner.query('select pg_advisory_unlock($1)', [migrationLock]);
  }
}

async function refuseOldServer(owner: pg.ClientBase): Promise<void> {
  const { rows } = await owner.query<{ number: number; name: string }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as name`,
  );
  const server = rows[0]!;
  if (server.number < oldestServer.number)
    throw new OperatorError(`The database server is PostgreSQL ${server.name}; Lyceum needs ${oldestServer.name} or newer.`);
}

async function refuseForeignTables(owner: pg.ClientBase): Promise<void> {
  const { rows } = await owner.query<{ foreign: boolean }>(
    `select to_regclass('public._prisma_migrations') is null and to_regclass('public.users') is not null as foreign`,
  );
  if (rows[0]!.foreign) throw new OperatorError('The database holds tables of another program. Give Lyceum an empty database of its own.');
}

/** The migrations that the database says it has. */
export async function appliedMigrations(owner: pg.ClientBase): Promise<AppliedMigration[]> {
  const { rows } = await owner.query<AppliedMigration>(
    `select migration_name as name, checksum, finished_at is not null as finished
       from public._prisma_migrations where rolled_back_at is null order by migration_name`,
  );
  return rows;
}

function refuseUnknownHistory(known: Migration[], applied: AppliedMigration[]): void {
  for (const { name, checksum, finished } of applied) {
    const ours = known.find((migration) => migration.name === name);
    if (!finished) {
      throw new OperatorError(
        `The migration ${name} began and did not finish. Mend the database, then run: npx prisma migrate resolve --rolled-back ${name}`,
      );
    }
    if (!ours)
      throw new OperatorError(
        `The database is newer than the program: it has the migration ${name}, which this version does not know. Start the newer version.`,
      );
    if (ours.checksum !== checksum)
      throw new OperatorError(`The migration ${name} is not the one that was applied to the database. Restore its file as it was.`);
  }
}

async function apply(owner: pg.ClientBase, { name, sql, checksum }: Migration): Promise<void> {
  await owner.query('begin');
  try {
    await owner.query('set local search_path = public');
    await owner.query(sql);
    await owner.query(
      `insert into public._prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       values ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await owner.query('commit');
  } catch (error) {
    await owner.query('rollback');
    throw new OperatorError(`The migration ${name} failed and was undone: ${messageOf(error)}`, { cause: error });
  }
}
