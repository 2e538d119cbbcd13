import { fail, redirect } from '@sveltejs/kit';
import { extendGrant, restoreGrant, revokeGrant, studentPage } from '#features/learning/index.server.ts';
import { requirePerson } from '#platform/context.ts';
import { refused, textOf } from '../../../../../form-answers.ts';
import { endIn } from '../end-of-access.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => ({
  page: await studentPage(ctx, { slug: params.course, id: params.student }),
  timeZone: requirePerson(ctx).timeZone,
});

const here = (params: { course: string; student: string }) => `/studio/courses/${params.course}/students/${params.student}`;

export const actions = {
  revoke: async ({ locals: { ctx }, params, request }) => {
    const form = await request.formData();
    const grantId = textOf(form, 'grantId');
    try {
      await revokeGrant(ctx, { slug: params.course, grantId, reason: textOf(form, 'reason') });
    } catch (error) {
      const { status, data } = refused(error, {});
      return fail(status, { ...data, grantId });
    }
    redirect(303, here(params));
  },
  restore: async ({ locals: { ctx }, params, request }) => {
    const grantId = textOf(await request.formData(), 'grantId');
    try {
      await restoreGrant(ctx, { slug: params.course, grantId });
    } catch (error) {
      const { status, data } = refused(error, {});
      return fail(status, { ...data, grantId });
    }
    redirect(303, here(params));
  },
  extend: async ({ locals: { ctx }, params, request }) => {
    const form = await request.formData();
    const grantId = textOf(form, 'grantId');
    try {
      await extendGrant(ctx, { slug: params.course, grantId, expiresAt: endIn(ctx, textOf(form, 'expiresAt')) });
    } catch (error) {
      const { status, data } = refused(error, {});
      return fail(status, { ...data, grantId });
    }
    redirect(303, here(params));
  },
} satisfies Actions;
