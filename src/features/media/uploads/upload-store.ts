import { mkdir, writeFile } from 'node:fs/promises';
import { FileStore } from '@tus/file-store';
import { ERRORS, Upload } from '@tus/server';
import type { Context } from '#platform/context.ts';
import { runtime } from '#platform/runtime.server.ts';
import { beginUpload } from './begin-upload.ts';
import { dropUpload } from './drop-upload.ts';
import { ownUpload } from './own-upload.ts';
import { stagedBytes, stagingPath } from './staging.ts';

/** Nothing is kept beside the bytes: what is known of an upload is its row. */
const nothing = { get: async () => undefined, set: async () => undefined, delete: async () => undefined };

/** Where the protocol keeps uploads on their way: bytes in a folder, everything else in rows that only their owner sees. `asking` tells who asks. */
export class UploadStore extends FileStore {
  readonly #asking: () => Context;

  constructor(asking: () => Context) {
    super({ directory: runtime().config.uploads.folder, configstore: nothing });
    this.extensions = ['creation', 'creation-with-upload', 'termination'];
    this.#asking = asking;
  }

  override async create(upload: Upload): Promise<Upload> {
    const { purpose, filename } = upload.metadata ?? {};
    await beginUpload(this.#asking(), { id: upload.id, purpose, name: filename ?? '', sizeBytes: upload.size });
    await mkdir(this.directory, { recursive: true });
    await writeFile(stagingPath(upload.id), '', { mode: 0o600 });
    return upload;
  }

  /** How far an upload is. One that has become a file is whole, so that nobody whose last answer was lost sends it all again. */
  override async getUpload(id: string): Promise<Upload> {
    const { sizeBytes, name, purpose, fileId } = await ownUpload(this.#asking(), { uploadId: id });
    const here = fileId ? { sizeBytes } : await stagedBytes(id);
    // Bytes that were lost with a disk, or wait on another host, are sent anew.
    if (!here) throw ERRORS.FILE_NO_LONGER_EXISTS;
    return new Upload({ id, size: sizeBytes, offset: here.sizeBytes, metadata: { filename: name, purpose } });
  }

  override async remove(id: string): Promise<void> {
    await dropUpload(this.#asking(), { uploadId: id });
  }
}
