import type { IncomingMessage, ServerResponse } from 'node:http';
import { actorOf } from '#features/accounts/index.server.ts';
import { answerUpload } from '#features/media/index.server.ts';
import { originHeaders } from '#platform/http/web-server.server.ts';
import { newId } from '#platform/ids.ts';
import { requestSeconds } from '#platform/metrics.server.ts';
import { requestContext } from '#platform/runtime.server.ts';

/** Hands a request for an upload to media, as the person whose browser sends it. It never reaches the pages, which hold whole bodies to a limit. */
export async function answerUploadRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const started = performance.now();
  const now = new Date();
  const requestId = newId();
  const headers = new Headers(Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]));
  const ctx = requestContext(await actorOf(headers, now), requestId, now, headers.get(originHeaders.address) ?? undefined);
  response.setHeader('x-request-id', requestId);
  await answerUpload(ctx, request, response);
  const seconds = (performance.now() - started) / 1000;
  requestSeconds.observe({ route: '/uploads', method: request.method, status: response.statusCode }, seconds);
}
