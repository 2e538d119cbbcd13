import { fail, redirect } from '@sveltejs/kit';
import { importPage, undoImport } from '#features/authoring/index.server.ts';
import { requirePerson } from '#platform/context.ts';
import { refused, textOf } from '../../../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => ({
  import: await importPage(ctx, { importId: params.id }),
  timeZone: requirePerson(ctx).timeZone,
});

export const actions = {
  undo: async ({ locals, params, request }) => {
    const form = await request.formData();
    const despiteChanges = textOf(form, 'despiteChanges') === 'yes';
    const answer = await undoImport(locals.ctx, { importId: params.id, despiteChanges }).catch((error: unknown) => refused(error, {}));
    if (!('kind' in answer)) return answer;
    if (answer.kind === 'changed-since') return fail(409, { kind: 'changed-since' as const, message: '' });
    redirect(303, `/studio/imports/${params.id}`);
  },
} satisfies Actions;
