import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { Server } from '@tus/server';
import type { Context } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { runtime } from '#platform/runtime.server.ts';
import { finishUpload } from './finish-upload.ts';

/** Where uploads are sent to. */
export const uploadsPath = '/uploads';

/** How long an answer waits for a file that is being looked at and put away; a proxy may not wait longer. */
const patienceMs = 20_000;

const asking = new AsyncLocalStorage<{ ctx: Context; response: ServerResponse }>();
const contextOfRequest = (): Context => {
  const request = asking.getStore();
  if (!request) throw new Error('An upload is asked for by somebody');
  return request.ctx;
};

/** Made for the first upload: a process that takes none does not load what it needs. */
let server: Promise<Server> | undefined;

/**
 * Answers a request beneath `/uploads`: resumable uploads by tus 1.0, and `POST /uploads/<id>`, which gives the file once all bytes are here. Every
 * refusal is a sentence.
 */
export async function answerUpload(ctx: Context, request: IncomingMessage, response: ServerResponse): Promise<void> {
  await asking.run({ ctx, response }, async () => {
    const refusal = await answer(ctx, request, response).catch(refusalOf);
    if (refusal && !response.headersSent) send(response, refusal.status, 'text/plain', refusal.message);
  });
}

async function answer(ctx: Context, request: IncomingMessage, response: ServerResponse): Promise<undefined> {
  response.setHeader('cache-control', 'no-store');
  if (ctx.actor.kind === 'guest') throw new AppError('sign-in-required', 'Sign in to upload files.');
  const [, uploadId] = /^\/uploads\/([0-9a-f-]{36})$/.exec(request.url?.split('?', 1)[0] ?? '') ?? [];
  if (request.method === 'POST' && uploadId) {
    const file = await Promise.race([finishUpload(ctx, { uploadId }), setTimeout(patienceMs, undefined, { ref: false })]);
    return send(response, file ? 200 : 202, 'application/json', JSON.stringify(file ?? {}));
  }
  server ??= import('./tus-server.ts').then(({ makeTusServer }) =>
    makeTusServer(contextOfRequest, { path: uploadsPath, patienceMs, refusalOf }),
  );
  await (await server).handle(request, response);
}

function refusalOf(error: unknown): { status: number; message: string } {
  const request = asking.getStore();
  if (error instanceof AppError) {
    if (error.retryAfterSeconds) request?.response.setHeader('retry-after', error.retryAfterSeconds);
    return error;
  }
  (request?.ctx.log ?? runtime().log).error({ err: error }, 'an upload failed');
  return { status: 500, message: 'Something went wrong on our side. What is here of the file stays: try again in a moment.' };
}

function send(response: ServerResponse, status: number, type: string, body: string): undefined {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'content-length': Buffer.byteLength(body) }).end(body);
}
