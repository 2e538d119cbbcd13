import { redirect } from '@sveltejs/kit';
import { applicationList, decideApplication } from '#features/accounts/index.server.ts';
import { requirePerson } from '#platform/context.ts';
import { refused, textOf } from '../../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const show = url.searchParams.get('show') === 'answered' ? 'answered' : 'waiting';
  const from = url.searchParams.get('from');
  return {
    ...(await applicationList(ctx, { show, from })),
    show,
    isFirstPage: from === null,
    timeZone: requirePerson(ctx).timeZone,
    done: url.searchParams.get('done'),
  } as const;
};

type Event = Parameters<Actions[string]>[0];

async function decide({ locals, request }: Event, decision: 'APPROVED' | 'REFUSED') {
  const form = await request.formData();
  const values = { id: textOf(form, 'id'), answer: textOf(form, 'answer') };
  const answer = await decideApplication(locals.ctx, { ...values, decision }).catch((error: unknown) => refused(error, values));
  if (!('kind' in answer)) return answer;
  if (answer.kind === 'decided-before') redirect(303, '/admin/applications?done=before');
  redirect(303, `/admin/applications?done=${decision.toLowerCase()}`);
}

export const actions = {
  approve: (event) => decide(event, 'APPROVED'),
  refuse: (event) => decide(event, 'REFUSED'),
} satisfies Actions;
