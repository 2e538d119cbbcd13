import { confirmWithPasskey } from '#features/accounts/index.server.ts';
import { clientOf, setCookies } from '../../form-answers.ts';
import { readJson } from '../credential.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const { credential } = await readJson(event.request);
  setCookies(event.cookies, await confirmWithPasskey(event.locals.ctx, { credential, client: clientOf(event) }));
  return new Response(null, { status: 204 });
};
