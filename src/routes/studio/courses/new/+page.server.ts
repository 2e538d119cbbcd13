import { redirect } from '@sveltejs/kit';
import { beginCourse, copyableCourses } from '#features/authoring/index.server.ts';
import { mayBeginCourse } from '#features/authoring/policy.ts';
import { AppError } from '#platform/errors.ts';
import { refused, textOf } from '../../../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  if (!mayBeginCourse(ctx.actor))
    throw new AppError('forbidden', 'Only instructors make courses. You can apply to teach in your settings.');
  const source = url.searchParams.get('copy');
  if (source) redirect(303, `/studio/courses/${encodeURIComponent(source)}/copy`);
  return { courses: await copyableCourses(ctx) };
};

export const actions = {
  make: async ({ locals, request }) => {
    const values = { title: textOf(await request.formData(), 'title') };
    const made = await beginCourse(locals.ctx, values).catch((error: unknown) => refused(error, values));
    if (!('slug' in made)) return made;
    redirect(303, `/studio/courses/${made.slug}`);
  },
} satisfies Actions;
