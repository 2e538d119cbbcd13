import { redirect } from '@sveltejs/kit';
import { isFirstAdminOpen, makeFirstAdmin, signIn } from '#features/accounts/index.server.ts';
import { AppError } from '#platform/errors.ts';
import { clientOf, refused, setCookies, textOf } from '../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const token = url.searchParams.get('token') ?? '';
  if (!(await isFirstAdminOpen(locals.ctx, { token }))) throw new AppError('not-found', 'There is no such page.');
  return { token };
};

export const actions = {
  make: async (event) => {
    const { ctx } = event.locals;
    const form = await event.request.formData();
    const values = { name: textOf(form, 'name'), email: textOf(form, 'email') };
    const password = textOf(form, 'password');
    const client = clientOf(event);
    try {
      await makeFirstAdmin(ctx, { token: event.url.searchParams.get('token') ?? '', ...values, password, client });
    } catch (error) {
      // Somebody else was a moment faster: the page is no more.
      if (error instanceof AppError && error.code === 'not-found') throw error;
      return refused(error, values);
    }
    const answer = await signIn(ctx, { email: values.email, password, remember: true, client });
    if (answer.kind === 'signed-in') setCookies(event.cookies, answer.cookies);
    redirect(303, '/admin');
  },
} satisfies Actions;
