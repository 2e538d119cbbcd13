import { redirect } from '@sveltejs/kit';
import { lessonOfTeam, putPackage } from '#features/authoring/index.server.ts';
import { packageResults } from '#features/learning/index.server.ts';
import { refused, textOf } from '../../../../../../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
  const address = { courseSlug: params.course, lessonSlug: params.lesson };
  const lesson = await lessonOfTeam(ctx, address);
  return { lesson, attempts: await packageResults(ctx, { ...address, before: url.searchParams.get('before') }) };
};

export const actions = {
  put: async ({ locals, params, request, url }) => {
    const form = await request.formData();
    try {
      await putPackage(locals.ctx, { courseSlug: params.course, lessonSlug: params.lesson, fileId: textOf(form, 'fileId') });
    } catch (error) {
      return refused(error, {});
    }
    redirect(303, url.pathname);
  },
} satisfies Actions;
