import { signInWithPasskey } from '#features/accounts/index.server.ts';
import { clientOf, setCookies } from '../../form-answers.ts';
import { readJson } from '../credential.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const { credential, remember } = await readJson(event.request);
  const cookies = await signInWithPasskey(event.locals.ctx, { credential, remember: remember === true, client: clientOf(event) });
  setCookies(event.cookies, cookies);
  return new Response(null, { status: 204 });
};
