import { fail, redirect } from '@sveltejs/kit';
import { announce, announcementsPage } from '#features/community/index.server.ts';
import { requirePerson } from '#platform/context.ts';
import { refused, textOf } from '../../../../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
  const before = url.searchParams.get('before');
  return { page: await announcementsPage(ctx, { slug: params.course, before }), before, timeZone: requirePerson(ctx).timeZone };
};

export const actions = {
  announce: async ({ locals, params, request }) => {
    const form = await request.formData();
    const values = { id: textOf(form, 'id'), title: textOf(form, 'title'), content: textOf(form, 'content').replace(/\r\n?/g, '\n') };
    try {
      await announce(locals.ctx, { slug: params.course, ...values });
    } catch (error) {
      const { status, data } = refused(error, values);
      return fail(status, data);
    }
    redirect(303, `/studio/courses/${params.course}/announcements`);
  },
} satisfies Actions;
