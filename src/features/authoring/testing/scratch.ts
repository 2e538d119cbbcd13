import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, afterEach, beforeAll, vi } from 'vitest';
import { makeFolder, type TestFolder } from '../../../../tests/support/folder.ts';

/** What the tests of sources work with. */
export interface Scratch {
  /** A folder that goes with its test. */
  folderOf(name: string, files?: Record<string, string | Uint8Array>): TestFolder;
  /** How many sources are unpacked at this moment. */
  unpacked(): number;
}

/** Declares a place for temporary files that no other test file uses: what stays there was left by its tests. */
export function scratchPlace(): Scratch {
  let scratch: TestFolder;
  const folders: TestFolder[] = [];
  beforeAll(() => {
    scratch = makeFolder('scratch');
    vi.stubEnv('TMPDIR', scratch.path);
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    scratch.remove();
  });
  afterEach(() => {
    for (const folder of folders.splice(0)) folder.remove();
  });
  return {
    folderOf(name, files) {
      const folder = makeFolder(name, files);
      folders.push(folder);
      return folder;
    },
    unpacked: () => readdirSync(tmpdir()).filter((name) => name.startsWith('lyceum-import-')).length,
  };
}
