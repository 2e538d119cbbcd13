import { error, text } from '@sveltejs/kit';
import { isLoopback } from '#platform/http/loopback.ts';
import { metrics } from '#platform/metrics.server.ts';
import type { RequestHandler } from './$types';

/** Prometheus' text format, for this machine only: a proxy in front must not pass the path on. */
export const GET: RequestHandler = async ({ getClientAddress }) => {
  if (!isLoopback(getClientAddress())) error(404, 'Not found');
  return text(await metrics.metrics(), { headers: { 'content-type': metrics.contentType } });
};
