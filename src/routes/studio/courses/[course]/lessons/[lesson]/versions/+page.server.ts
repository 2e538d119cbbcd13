import { redirect } from '@sveltejs/kit';
import { editableLesson } from '#features/authoring/index.server.ts';
import { restoreVersion, versionsPage } from '#features/catalogue/index.server.ts';
import { requirePerson } from '#platform/context.ts';
import { textOf } from '../../../../../../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => ({
  page: await versionsPage(ctx, { ...params, chosen: url.searchParams.get('version') }),
  timeZone: requirePerson(ctx).timeZone,
});

export const actions = {
  restore: async ({ locals: { ctx }, params, request }) => {
    const form = await request.formData();
    const { id } = await editableLesson(ctx, params);
    await restoreVersion(ctx, { lessonId: id, versionId: textOf(form, 'versionId') });
    redirect(303, `/studio/courses/${params.course}/lessons/${params.lesson}`);
  },
} satisfies Actions;
