import { redirect } from '@sveltejs/kit';
import { copyCourse, studioCourse } from '#features/authoring/index.server.ts';
import { mayBeginCourse } from '#features/authoring/policy.ts';
import { AppError } from '#platform/errors.ts';
import { refused, textOf } from '../../../../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, parent }) => {
  const { studioCourse: course } = await parent();
  if (!course.mayEdit) throw new AppError('not-found', 'There is no such course among yours.');
  if (!mayBeginCourse(ctx.actor)) throw new AppError('forbidden', 'Only instructors make courses.');
};

export const actions = {
  copy: async ({ locals: { ctx }, params, request }) => {
    const values = { title: textOf(await request.formData(), 'title') };
    const source = await studioCourse(ctx, params.course);
    const made = await copyCourse(ctx, { courseId: source.id, ...values }).catch((error: unknown) => refused(error, values));
    if (!('slug' in made)) return made;
    redirect(303, `/studio/courses/${made.slug}`);
  },
} satisfies Actions;
