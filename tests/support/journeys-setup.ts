import { rmSync } from 'node:fs';
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
  const withAdmin = await copyOf(empty);
  await makeAdmin({ dataDir: withAdmin });
  project.provide('beginnings', { empty, withAdmin });
  return () => {
    for (const folder of [empty, withAdmin]) rmSync(folder, { recursive: true, force: true });
  };
}
