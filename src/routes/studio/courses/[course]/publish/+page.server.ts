import { fail, redirect } from '@sveltejs/kit';
import { publishCourse, publishingPage, schedulePublishing, withdrawCourse } from '#features/catalogue/index.server.ts';
import { studioCourse } from '#features/authoring/index.server.ts';
import { requirePerson } from '#platform/context.ts';
import { fromWallClock } from '#platform/time.ts';
import { refused, textOf } from '../../../../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => ({
  publishing: await publishingPage(ctx, { slug: params.course }),
  timeZone: requirePerson(ctx).timeZone,
});

const here = (slug: string) => `/studio/courses/${slug}/publish`;

export const actions = {
  publish: async ({ locals: { ctx }, params }) => {
    const { id } = await studioCourse(ctx, params.course);
    const answer = await publishCourse(ctx, { courseId: id, needsDescription: true });
    if (answer.kind === 'incomplete') return fail(409, { form: 'publish', message: `It needs ${answer.missing.join(' and ')}.`, fields: {}, at: '' });
    redirect(303, here(params.course));
  },
  schedule: async ({ locals: { ctx }, params, request }) => {
    const typed = textOf(await request.formData(), 'at');
    const at = fromWallClock(typed, requirePerson(ctx).timeZone);
    if (!at) return fail(422, { form: 'schedule', message: '', fields: { at: 'Choose a day and a time.' }, at: typed });
    try {
      await schedulePublishing(ctx, { slug: params.course, at });
    } catch (error) {
      const { status, data } = refused(error, {});
      return fail(status, { form: 'schedule', message: data.message, fields: data.fields, at: typed });
    }
    redirect(303, here(params.course));
  },
  unschedule: async ({ locals: { ctx }, params }) => {
    await schedulePublishing(ctx, { slug: params.course, at: null });
    redirect(303, here(params.course));
  },
  unpublish: async ({ locals: { ctx }, params }) => {
    await withdrawCourse(ctx, { slug: params.course, deed: 'unpublish' });
    redirect(303, here(params.course));
  },
  archive: async ({ locals: { ctx }, params }) => {
    await withdrawCourse(ctx, { slug: params.course, deed: 'archive' });
    redirect(303, here(params.course));
  },
} satisfies Actions;
