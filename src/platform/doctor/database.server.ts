import pg from 'pg';
import { appliedMigrations, knownMigrations } from '../database/migrate.server.ts';
import { messageOf } from '../errors.ts';
import { type Finding, findingsOf } from './finding.ts';
import { openTables, tablesBehindViews } from './open-tables.ts';

/** Whether the server is new enough. */
export async function examineServer(owner: pg.Client, where: string): Promise<Finding> {
  const { ok, fail } = findingsOf('database');
  const { rows } = await owner.query<{ number: number; name: string }>(
    "select current_setting('server_version_num')::int as number, current_setting('server_version') as name",
  );
  const { number, name } = rows[0]!;
  return number >= 150_000 ? ok(`PostgreSQL ${name}, ${where}`) : fail(`PostgreSQL ${name} is too old. Use 15 or newer.`);
}

/** Whether the database has every migration of this program, unchanged, and no other. Applies none. */
export async function examineMigrations(owner: pg.Client): Promise<Finding> {
  const { ok, fail } = findingsOf('migrations');
  const { rows } = await owner.query<{ there: boolean }>("select to_regclass('public._prisma_migrations') is not null as there");
  const applied = rows[0]?.there ? await appliedMigrations(owner) : [];
  const known = await knownMigrations();
  const unfinished = applied.filter((migration) => !migration.finished);
  if (unfinished.length > 0) return fail(`Begun and not finished: ${namesOf(unfinished)}. Start the program: it says how to mend that.`);
  const missing = known.filter(({ name }) => !applied.some((migration) => migration.name === name));
  if (missing.length > 0) return fail(`Missing: ${namesOf(missing)}. Run: lyceum migrate`);
  const foreign = applied.filter(({ name }) => !known.some((migration) => migration.name === name));
  if (foreign.length > 0) return fail(`Unknown to this version: ${namesOf(foreign)}. Start the newer one.`);
  const changed = known.filter(({ name, checksum }) =>
    applied.some((migration) => migration.name === name && migration.checksum !== checksum),
  );
  if (changed.length > 0) return fail(`Not as they were applied: ${namesOf(changed)}. Restore the files.`);
  return ok(`all ${known.length} applied`);
}

function namesOf(migrations: readonly { name: string }[]): string {
  return migrations.map(({ name }) => name).join(', ');
}

interface RoleFacts {
  role: string;
  overpowered: boolean;
  ownsTables: boolean;
}

/** Whether the program works as a role that row-level security binds. */
export async function examineRole(applicationUrl: string): Promise<Finding> {
  const { ok, fail } = findingsOf('role');
  const application = new pg.Client({ connectionString: applicationUrl, connectionTimeoutMillis: 5_000 });
  application.on('error', () => undefined);
  try {
    await application.connect();
    const { rows } = await application.query<RoleFacts>(
      `select rolname as role, rolsuper or rolbypassrls or rolcreaterole as overpowered,
              exists (select from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
                         and pg_has_role(pg_roles.oid, relowner, 'MEMBER')) as "ownsTables"
         from pg_roles where rolname = current_user`,
    );
    const { role, overpowered, ownsTables } = rows[0]!;
    if (overpowered) return fail(`${role} is too powerful. Take SUPERUSER, BYPASSRLS and CREATEROLE from it.`);
    if (ownsTables) return fail(`${role} owns the tables, or may become who does. Name a weaker role in DATABASE_APP_URL.`);
    return ok(`the program works as ${role}, which owns nothing and bypasses nothing`);
  } catch (error) {
    return fail(`The application's role cannot connect (${messageOf(error)}). Run: lyceum migrate, or check DATABASE_APP_URL.`);
  } finally {
    await application.end().catch(() => undefined);
  }
}

/** Whether every private table is under row-level security, for its owner too. */
export async function examineRowSecurity(owner: pg.Client): Promise<Finding> {
  const { ok, fail } = findingsOf('private tables');
  const { rows } = await owner.query<{ name: string; isBound: boolean }>(
    `select relname as name, relrowsecurity and (relforcerowsecurity or relispartition or relname = any ($2)) as "isBound"
       from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname <> all ($1) order by 1`,
    [openTables, tablesBehindViews],
  );
  const open = rows.filter(({ isBound }) => !isBound).map(({ name }) => name);
  return open.length === 0
    ? ok(`row-level security holds on all ${rows.length}`)
    : fail(
        `Row-level security is off on ${open.join(', ')}. Run: alter table ${open[0]} enable row level security, force row level security`,
      );
}

/** Whether the clocks of the database and of this machine agree: links, sessions and streaks hang on both. */
export async function examineClock(owner: pg.Client): Promise<Finding> {
  const { ok, warn } = findingsOf('clock');
  const started = Date.now();
  const { rows } = await owner.query<{ at: Date }>('select clock_timestamp() as at');
  const seconds = Math.abs(rows[0]!.at.getTime() - (started + Date.now()) / 2) / 1000;
  return seconds <= 5
    ? ok('the database and this machine agree')
    : warn(`The database and this machine are ${Math.round(seconds)} seconds apart. Set both by NTP.`);
}
