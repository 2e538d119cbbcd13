import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '#platform/database/embedded.server.ts';
import { prepareDatabase } from '#platform/database/prepare.server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { ownerUrl: string; applicationUrl: string; template: string };
  }
}

/** One real PostgreSQL for the run, with a migrated database that each test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lyceum-test-'));
  // The server may run as another account, which must be able to enter.
  chmodSync(dataDir, 0o755);
  const template = 'lyceum_template';
  const server = await startEmbeddedPostgres({ dataDir, database: template, dangerouslyWithoutDurability: true });
  const applicationUrl = await prepareDatabase({ ownerUrl: server.ownerUrl, applicationPassword: server.applicationPassword });
  project.provide('postgres', { ownerUrl: server.ownerUrl, applicationUrl, template });
  return async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
