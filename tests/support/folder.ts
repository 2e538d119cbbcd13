import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder for one test, with these files in it. */
export interface TestFolder {
  path: string;
  write(files: Record<string, string | Uint8Array>): void;
  remove(): void;
}

/** Makes a folder of a given name somewhere temporary. */
export function makeFolder(name: string, files: Record<string, string | Uint8Array> = {}): TestFolder {
  const parent = mkdtempSync(join(tmpdir(), 'lyceum-folder-'));
  const path = join(parent, name);
  mkdirSync(path);
  const folder: TestFolder = {
    path,
    write(more) {
      for (const [file, content] of Object.entries(more)) {
        mkdirSync(dirname(join(path, file)), { recursive: true });
        writeFileSync(join(path, file), content);
      }
    },
    remove: () => rmSync(parent, { recursive: true, force: true }),
  };
  folder.write(files);
  return folder;
}
