import { afterAll } from 'vitest';
import { runtime } from '#platform/runtime.server.ts';
import { makeFolder, type TestFolder } from './folder.ts';
import { type TestSchool, testSchool } from './test-school.ts';

/** What the tests of imports work with. */
export interface ImportSchool {
  school: TestSchool;
  /** A folder that goes with the last test. */
  folderOf(name: string, files: Record<string, string | Uint8Array>): TestFolder;
  /** Rows as they are, whoever may see them. */
  rows<Row extends object>(sql: string, ...values: unknown[]): Promise<Row[]>;
}

/** Declares the school of a test file that imports: its folders and stored files end with it. */
export function importSchool(): ImportSchool {
  const school = testSchool();
  const folders: TestFolder[] = [];
  afterAll(async () => {
    for (const folder of folders) folder.remove();
    await runtime().storage.deleteAll('');
  });
  return {
    school,
    folderOf(name, files) {
      const folder = makeFolder(name, files);
      folders.push(folder);
      return folder;
    },
    async rows<Row extends object>(sql: string, ...values: unknown[]) {
      return (await school.database.owner.query<Row>(sql, values)).rows;
    },
  };
}
