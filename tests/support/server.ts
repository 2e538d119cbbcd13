import { rmSync } from 'node:fs';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#platform/database/embedded.server.ts';
import { emptyDataDir } from './school.ts';

/** A database server beside the processes of a school that use it, migrated already; its data ends with it. */
export async function startServer(): Promise<EmbeddedPostgres> {
  const dataDir = await emptyDataDir();
  const server = await startEmbeddedPostgres({ dataDir, dangerouslyWithoutDurability: true });
  return {
    ...server,
    async stop() {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
