import { fail } from '@sveltejs/kit';
import { giveAccess, studentsPage } from '#features/learning/index.server.ts';
import { requirePerson } from '#platform/context.ts';
import { refused, textOf } from '../../../../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';
import { endIn } from './end-of-access.ts';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
  const wish = (name: string) => url.searchParams.get(name);
  const page = await studentsPage(ctx, { slug: params.course, search: wish('search'), state: wish('state'), before: wish('before') });
  return { page, timeZone: requirePerson(ctx).timeZone };
};

export const actions = {
  give: async ({ locals: { ctx }, params, request }) => {
    const form = await request.formData();
    const values = { email: textOf(form, 'email'), expiresAt: textOf(form, 'expiresAt') };
    try {
      const { kind, name } = await giveAccess(ctx, { slug: params.course, email: values.email, expiresAt: endIn(ctx, values.expiresAt) });
      return { kind, name };
    } catch (error) {
      const { status, data } = refused(error, values);
      return fail(status, data);
    }
  },
} satisfies Actions;
