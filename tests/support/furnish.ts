import type { Role } from '#platform/context.ts';
import { runNode, type School } from './school.ts';

/** Who and what a school has before the first test. */
export interface Furniture {
  people?: readonly { email: string; name: string; role?: Role; password?: string }[];
  /** Folders or archives, each with the address of its instructor; published unless said otherwise. */
  courses?: readonly { path: string; by: string; publish?: boolean }[];
}

/** Makes people and their courses beside a running school, all in one process: the command line would take one for each. */
export async function furnish(
  school: Pick<School, 'dataDir'>,
  furniture: Furniture,
  environment: Record<string, string> = {},
): Promise<void> {
  const run = runNode(['tests/support/furnishing.ts', JSON.stringify(furniture)], { ...environment, DATA_DIR: school.dataDir });
  const { code, output } = await run.ended;
  if (code !== 0) throw new Error(`The school could not be furnished:\n${output}`);
}
