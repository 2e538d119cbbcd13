import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type Beginnings, copyOf, lyceum, temporaryDataDir } from './school.ts';
import { makeAdmin } from './steps.ts';

declare module 'vitest' {
  interface ProvidedContext {
    beginnings: Beginnings;
  }
}

/** Makes the data that each test's own school begins with, once for the run. */
export default async function setup(project: TestProject): Promise<() => void> {
  const empty = temporaryDataDir();
  const migrated = await lyceum(['migrate'], { DATA_DIR: empty });
  if (migrated.code !== 0) throw new Error(`No school could be made:\n${migrated.output}`);
  // What the schools of the tests keep need not outlive a power cut, only a killed process.
  appendFileSync(join(empty, 'postgres/cluster/postgresql.auto.conf'), 'fsync = off\n');
  const withAdmin = await copyOf(empty);
  await makeAdmin({ dataDir: withAdmin });
  const demo = temporaryDataDir();
  project.provide('beginnings', { empty, withAdmin, demo });
  return () => {
    for (const folder of [empty, withAdmin, demo]) rmSync(folder, { recursive: true, force: true });
  };
}
