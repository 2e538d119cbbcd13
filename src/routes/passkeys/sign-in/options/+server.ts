import { json } from '@sveltejs/kit';
import { beginPasskeySignIn } from '#features/accounts/index.server.ts';
import { clientOf, setCookies } from '../../../form-answers.ts';
import type { RequestHandler } from './$types';

/** The question that a passkey answers to sign in, the same for everybody. */
export const POST: RequestHandler = async (event) => {
  const { options, cookies } = await beginPasskeySignIn(event.locals.ctx, { client: clientOf(event) });
  setCookies(event.cookies, cookies);
  return json(options, { headers: { 'cache-control': 'no-store' } });
};
