import { json } from '@sveltejs/kit';
import { addPasskey } from '#features/accounts/index.server.ts';
import { clientOf } from '../../form-answers.ts';
import { readJson } from '../credential.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const { credential } = await readJson(event.request);
  return json(await addPasskey(event.locals.ctx, { credential, client: clientOf(event) }), { status: 201 });
};
