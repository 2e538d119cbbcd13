import { redirect } from '@sveltejs/kit';
import { startImport } from '#features/authoring/index.server.ts';
import { mayBeginCourse } from '#features/authoring/policy.ts';
import { requirePerson } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { refused, textOf } from '../../../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { ctx } }) => {
  requirePerson(ctx);
  if (!mayBeginCourse(ctx.actor)) throw new AppError('forbidden', 'Only instructors import courses.');
  return {};
};

export const actions = {
  default: async ({ locals, request }) => {
    const form = await request.formData();
    const answer = await startImport(locals.ctx, { fileId: textOf(form, 'fileId') }).catch((error: unknown) => refused(error, {}));
    if (typeof answer !== 'string') return answer;
    redirect(303, `/studio/imports/${answer}`);
  },
} satisfies Actions;
