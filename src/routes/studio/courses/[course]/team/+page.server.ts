import { fail, redirect } from '@sveltejs/kit';
import {
  changeMember,
  handOverCourse,
  inviteToTeam,
  leaveTeam,
  removeMember,
  teamPage,
  withdrawInvitation,
} from '#features/catalogue/index.server.ts';
import { refused, textOf } from '../../../../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({ team: await teamPage(locals.ctx, { slug: params.course }) });

const here = (slug: string) => `/studio/courses/${slug}/team`;

/** A role and a share as they were typed; a share may be written with a comma. */
function partIn(form: FormData) {
  const share = textOf(form, 'sharePercent').trim().replace(',', '.').replace(/\s*%$/, '');
  return { role: textOf(form, 'role') as 'CO_INSTRUCTOR', sharePercent: share === '' ? 0 : Number(share) };
}

export const actions = {
  invite: async ({ locals, params, request }) => {
    const form = await request.formData();
    const values = { whom: textOf(form, 'whom'), role: textOf(form, 'role'), sharePercent: textOf(form, 'sharePercent') };
    try {
      await inviteToTeam(locals.ctx, { slug: params.course, whom: values.whom, ...partIn(form) });
    } catch (error) {
      const { status, data } = refused(error, values);
      return fail(status, { ...data, form: 'invite' });
    }
    return { kind: 'invited' as const, form: 'invite' };
  },
  change: async ({ locals, params, request }) => {
    const form = await request.formData();
    const userId = textOf(form, 'userId');
    try {
      await changeMember(locals.ctx, { slug: params.course, userId, ...partIn(form) });
    } catch (error) {
      const { status, data } = refused(error, { whom: '', role: textOf(form, 'role'), sharePercent: textOf(form, 'sharePercent') });
      return fail(status, { ...data, form: userId });
    }
    redirect(303, here(params.course));
  },
  remove: async ({ locals, params, request }) => {
    await removeMember(locals.ctx, { slug: params.course, userId: textOf(await request.formData(), 'userId') });
    redirect(303, here(params.course));
  },
  handOver: async ({ locals, params, request }) => {
    await handOverCourse(locals.ctx, { slug: params.course, userId: textOf(await request.formData(), 'userId') });
    redirect(303, here(params.course));
  },
  withdraw: async ({ locals, params, request }) => {
    await withdrawInvitation(locals.ctx, { slug: params.course, invitationId: textOf(await request.formData(), 'invitationId') });
    redirect(303, here(params.course));
  },
  leave: async ({ locals, params }) => {
    await leaveTeam(locals.ctx, { slug: params.course });
    redirect(303, '/studio');
  },
} satisfies Actions;
