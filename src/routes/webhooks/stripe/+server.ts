import { receivePaymentMessage } from '#features/commerce/index.server.ts';
import type { RequestHandler } from './$types';

/** Where Stripe tells about payments, in at most as many bytes as a form of words. Anything but success makes it tell again later, for three days. */
export const POST: RequestHandler = async ({ locals, request }) => {
  const received = await receivePaymentMessage(locals.ctx, { provider: 'stripe', body: await request.text(), headers: request.headers });
  return new Response(null, { status: received === 'refused' ? 400 : 204 });
};
