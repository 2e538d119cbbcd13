import { json } from '@sveltejs/kit';
import { recordWatched } from '#features/learning/index.server.ts';
import { AppError } from '#platform/errors.ts';
import type { RequestHandler } from './$types';

/** The player's report, every ten seconds and when it is left: `{ played: [[from, to], …], positionSeconds }`. */
export const POST: RequestHandler = async ({ locals, params, request }) => {
  const report = await request.json().catch(() => {
    throw new AppError('invalid', 'A report is JSON.');
  });
  return json(await recordWatched(locals.ctx, { ...report, lessonId: params.lessonId }));
};
