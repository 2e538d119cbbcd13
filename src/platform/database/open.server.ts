import { createHmac } from 'node:crypto';
import pg from 'pg';
import type { Config } from '../config.server.ts';
import { messageOf, OperatorError } from '../errors.ts';
import { joinEmbeddedPostgres, startEmbeddedPostgres } from './embedded.server.ts';
import { prepareDatabase } from './prepare.server.ts';

/** A migrated database that is ready to be used, and how to let go of it. */
export interface OpenDatabase {
  ownerUrl: string;
  /** Connection of the application's own role, which row-level security binds. */
  applicationUrl: string;
  embedded: boolean;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** A command beside a running program uses that program's embedded server instead of starting one. */
  join?: boolean;
  say?: (line: string) => void;
}

/** Reaches the configured server, or starts the embedded one, and migrates it. Throws an OperatorError that says what to mend. */
export async function openDatabase(config: Config, options: OpenOptions = {}): Promise<OpenDatabase> {
  if (config.databaseUrl) {
    await assertReachable(config.databaseUrl);
    const applicationUrl = await prepareDatabase({
      ownerUrl: config.databaseUrl,
      applicationPassword: applicationPassword(config),
      applicationUrl: config.databaseAppUrl,
      say: options.say,
    });
    return { ownerUrl: config.databaseUrl, applicationUrl, embedded: false, close: async () => undefined };
  }
  const server =
    (options.join ? await joinEmbeddedPostgres(config.dataDir) : undefined) ??
    (await startEmbeddedPostgres({ dataDir: config.dataDir, say: options.say }));
  try {
    const applicationUrl = await prepareDatabase({
      ownerUrl: server.ownerUrl,
      applicationPassword: server.applicationPassword,
      say: options.say,
    });
    return { ownerUrl: server.ownerUrl, applicationUrl, embedded: true, close: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Password of the application's role on a server that DATABASE_URL names, made from the school's secret. */
export function applicationPassword(config: Config): string {
  return createHmac('sha256', config.secret).update('application role').digest('hex');
}

async function assertReachable(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number }>("select current_setting('server_version_num')::int as version");
    if ((rows[0]?.version ?? 0) < 150_000) throw new OperatorError('The database server is older than PostgreSQL 15. Use 15 or newer.');
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    const { hostname, port, pathname } = new URL(url);
    const reason = messageOf(error) || (error as { code?: string }).code || 'no answer';
    throw new OperatorError(
      `The database ${pathname.slice(1)} on ${hostname}:${port || 5432} cannot be reached (${reason}). Check DATABASE_URL.`,
      { cause: error },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}
