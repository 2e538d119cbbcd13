import { json } from '@sveltejs/kit';
import { beginAddingPasskey } from '#features/accounts/index.server.ts';
import { clientOf, setCookies } from '../../../form-answers.ts';
import type { RequestHandler } from './$types';

/** The question that a new passkey of the signed-in person answers. */
export const POST: RequestHandler = async (event) => {
  const { options, cookies } = await beginAddingPasskey(event.locals.ctx, { client: clientOf(event) });
  setCookies(event.cookies, cookies);
  return json(options, { headers: { 'cache-control': 'no-store' } });
};
