import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Config } from '../config.server.ts';
import { joinEmbeddedPostgres, startEmbeddedPostgres } from '../database/embedded.server.ts';
import { applicationPassword } from '../database/open.server.ts';
import { applicationUrlOf } from '../database/prepare.server.ts';

/** The school's database, just as it is: nothing is migrated. */
export interface ReachedDatabase {
  owner: pg.Client;
  applicationUrl: string;
  /** Which server it is, in words. */
  where: string;
  leave(): Promise<void>;
}

/**
 * Connects to the database that the settings name. On the embedded one, joins the server of a running program, or starts the server for as
 * long as it takes; undefined where no database has been made yet.
 */
export async function reachDatabase(config: Config): Promise<ReachedDatabase | undefined> {
  if (config.databaseUrl) {
    const { hostname, port } = new URL(config.databaseUrl);
    const owner = await connect(config.databaseUrl);
    const roles = { ownerUrl: config.databaseUrl, applicationPassword: applicationPassword(config), applicationUrl: config.databaseAppUrl };
    return { owner, applicationUrl: applicationUrlOf(roles).href, where: `on ${hostname}:${port || 5432}`, leave: () => owner.end() };
  }
  const joined = await joinEmbeddedPostgres(config.dataDir);
  if (!joined && !existsSync(join(config.dataDir, 'postgres', 'cluster', 'PG_VERSION'))) return undefined;
  const server = joined ?? (await startEmbeddedPostgres({ dataDir: config.dataDir }));
  const owner = await connect(server.ownerUrl);
  return {
    owner,
    applicationUrl: applicationUrlOf(server).href,
    where: joined ? 'embedded, of the running school' : 'embedded; the school is not running',
    async leave() {
      await owner.end();
      await server.stop();
    },
  };
}

/** As the owner of the tables, who is held to row-level security too and therefore says that the program acts. */
async function connect(url: string): Promise<pg.Client> {
  const owner = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, options: '-c app.user_role=SYSTEM' });
  owner.on('error', () => undefined);
  await owner.connect();
  return owner;
}
