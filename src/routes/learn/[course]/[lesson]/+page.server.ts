import { redirect } from '@sveltejs/kit';
import { completeLesson, lessonPage, reopenLesson } from '#features/learning/index.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) =>
  lessonPage(locals.ctx, { courseSlug: params.course, lessonSlug: params.lesson });

export const actions = {
  complete: async ({ locals, params, url }) => {
    const { courseCompleted } = await completeLesson(locals.ctx, { courseSlug: params.course, lessonSlug: params.lesson });
    redirect(303, courseCompleted ? `/learn/${params.course}` : url.pathname);
  },
  reopen: async ({ locals, params, url }) => {
    await reopenLesson(locals.ctx, { courseSlug: params.course, lessonSlug: params.lesson });
    redirect(303, url.pathname);
  },
} satisfies Actions;
