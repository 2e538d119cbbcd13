import { receiveClerkEvent } from '#features/accounts/index.server.ts';
import type { RequestHandler } from './$types';

/** Where Clerk reports people. Anything but success makes it send the report again later. */
export const POST: RequestHandler = async ({ locals, request }) => {
  const delivery = await receiveClerkEvent(locals.ctx, { body: await request.text(), headers: request.headers });
  return new Response(null, { status: delivery === 'refused' ? 401 : 204 });
};
