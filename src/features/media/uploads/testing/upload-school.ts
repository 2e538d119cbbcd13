import { mkdir, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll } from 'vitest';
import type { Person } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { runtime } from '#platform/runtime.server.ts';
import { aPerson } from '../../../../../tests/support/courses.ts';
import { testSchool } from '../../../../../tests/support/test-school.ts';
import { beginUpload } from '../begin-upload.ts';
import { finishUpload } from '../finish-upload.ts';
import type { UploadedFile } from '../own-file.ts';
import type { UploadPurpose } from '../purposes.ts';
import { stagingPath } from '../staging.ts';

export const megabyte = 1024 * 1024;

/** The bytes of a small PDF. */
export const documentOf = (words: string): Buffer => Buffer.from(`%PDF-1.7\n${words}\n%%EOF\n`);

interface Sent {
  purpose: UploadPurpose;
  name: string;
  bytes: Buffer;
}

/** Declares a school for the tests of one file, in which Ada, who teaches, uploads; it takes files of 30 MB, and 40 MB of each person. */
export function uploadSchool() {
  const school = testSchool({ UPLOAD_QUOTA_BYTES: String(40 * megabyte), UPLOAD_LARGEST_BYTES: String(30 * megabyte) });
  let ada: Person;
  beforeAll(async () => {
    ada = await aPerson(school.database, 'INSTRUCTOR');
  });
  afterAll(() => runtime().storage.deleteAll(''));

  return {
    school,
    get ada() {
      return ada;
    },
    /** An upload whose bytes are all here and that nobody has finished yet. */
    async sent({ purpose, name, bytes }: Sent, person = ada): Promise<string> {
      const id = newId();
      await beginUpload(school.database.context(person), { id, purpose, name, sizeBytes: bytes.length });
      await mkdir(runtime().config.uploads.folder, { recursive: true });
      await writeFile(stagingPath(id), bytes);
      return id;
    },
    finish: (uploadId: string, person = ada): Promise<UploadedFile> => finishUpload(school.database.context(person), { uploadId }),
    rows: async (table: 'uploads' | 'files') => (await school.database.owner.query(`select id from ${table} order by id`)).rows,
  };
}
