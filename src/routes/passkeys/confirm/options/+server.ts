import { json } from '@sveltejs/kit';
import { beginPasskeyConfirmation } from '#features/accounts/index.server.ts';
import { clientOf, setCookies } from '../../../form-answers.ts';
import type { RequestHandler } from './$types';

/** The question that a passkey of the signed-in person answers to prove who they are once more. */
export const POST: RequestHandler = async (event) => {
  const { options, cookies } = await beginPasskeyConfirmation(event.locals.ctx, { client: clientOf(event) });
  setCookies(event.cookies, cookies);
  return json(options, { headers: { 'cache-control': 'no-store' } });
};
