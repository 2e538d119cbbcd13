import { redirect } from '@sveltejs/kit';
import { alarmPage, resolveAlarm } from '#features/commerce/index.server.ts';
import { requirePerson } from '#platform/context.ts';
import { refused, textOf } from '../../../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => ({
  alarm: await alarmPage(ctx, params),
  timeZone: requirePerson(ctx).timeZone,
});

export const actions = {
  resolve: async ({ locals: { ctx }, params, request }) => {
    const values = { note: textOf(await request.formData(), 'note') };
    const answer = await resolveAlarm(ctx, { ...params, ...values }).catch((error: unknown) => refused(error, values));
    if (typeof answer !== 'string') return answer;
    redirect(303, `/admin/alarms/${params.id}`);
  },
} satisfies Actions;
