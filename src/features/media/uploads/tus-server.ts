import { setTimeout } from 'node:timers/promises';
import { Server } from '@tus/server';
import type { Context } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { finishUpload } from './finish-upload.ts';
import { UploadLocks } from './upload-locks.ts';
import { UploadStore } from './upload-store.ts';

interface Manner {
  path: string;
  /** How long an answer waits for the file that the last bytes make. */
  patienceMs: number;
  refusalOf: (error: unknown) => { status: number; message: string };
}

/** Speaks tus 1.0. `asking` tells who asks; other sites' pages never do. Source: https://tus.io/protocols/resumable-upload, version 1.0.0. */
export function makeTusServer(asking: () => Context, { path, patienceMs, refusalOf }: Manner): Server {
  return new Server({
    path,
    relativeLocation: true,
    allowedOrigins: () => false,
    namingFunction: () => newId(),
    datastore: new UploadStore(asking),
    locker: new UploadLocks(),
    lockDrainTimeout: 500,
    disableTerminationForFinishedUploads: true,
    async onUploadFinish(_, { id }) {
      await Promise.race([finishUpload(asking(), { uploadId: id }), setTimeout(patienceMs, undefined, { ref: false })]);
      return {};
    },
    onResponseError(_, error) {
      if (!(error instanceof Error)) return undefined;
      const { status, message } = refusalOf(error);
      return { status_code: status, body: message };
    },
  });
}
