import { redirect } from '@sveltejs/kit';
import {
  changeRole,
  closePerson,
  confirmAddress,
  endSessions,
  liftSuspension,
  personForAdmin,
  resendConfirmation,
  sendPasswordLink,
  startImpersonation,
  suspendPerson,
} from '#features/accounts/index.server.ts';
import { type Context, type Role, requirePerson } from '#platform/context.ts';
import { clientOf, refused, setCookies, textOf } from '../../../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';

/** What stands at the top of the page once a deed is done. */
const done: Record<string, string> = {
  role: 'The role is changed. We have written to them.',
  suspended: 'The account is suspended. We have written to them.',
  lifted: 'They may come in again. We have written to them.',
  sessions: 'They are signed out everywhere.',
  password: 'A link for a new password is on its way to them.',
  confirmed: 'The address is confirmed.',
  resent: 'The mail that confirms the address is on its way to them.',
  closed: 'The account is closed.',
  made: 'The account is made. We have written to them.',
};

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => ({
  ...(await personForAdmin(ctx, { id: params.id })),
  timeZone: requirePerson(ctx).timeZone,
  today: ctx.now.toISOString().slice(0, 10),
  done: done[url.searchParams.get('done') ?? ''] ?? null,
});

type Event = Parameters<Actions[string]>[0];

/** Does something to the person, and shows the page anew so that reloading does not do it again. */
async function deed(event: Event, word: string, work: (ctx: Context, id: string) => Promise<unknown>) {
  try {
    await work(event.locals.ctx, event.params.id);
  } catch (error) {
    return refused(error, {});
  }
  redirect(303, `/admin/users/${event.params.id}?done=${word}`);
}

export const actions = {
  changeRole: async (event) => {
    const role = textOf(await event.request.formData(), 'role') as Role;
    return deed(event, 'role', (ctx, id) => changeRole(ctx, { id, role }));
  },
  suspend: async (event) => {
    const form = await event.request.formData();
    const values = { reason: textOf(form, 'reason'), lastDay: textOf(form, 'lastDay') };
    try {
      await suspendPerson(event.locals.ctx, { id: event.params.id, ...values });
    } catch (error) {
      return refused(error, values);
    }
    redirect(303, `/admin/users/${event.params.id}?done=suspended`);
  },
  liftSuspension: (event) => deed(event, 'lifted', (ctx, id) => liftSuspension(ctx, { id })),
  endSessions: (event) => deed(event, 'sessions', (ctx, id) => endSessions(ctx, { id })),
  sendPasswordLink: (event) => deed(event, 'password', (ctx, id) => sendPasswordLink(ctx, { id })),
  confirmAddress: (event) => deed(event, 'confirmed', (ctx, id) => confirmAddress(ctx, { id })),
  resendConfirmation: (event) => deed(event, 'resent', (ctx, id) => resendConfirmation(ctx, { id })),
  close: async (event) => {
    try {
      const closing = await closePerson(event.locals.ctx, event.params.id);
      if (closing.kind === 'not-yet') return closing;
    } catch (error) {
      return refused(error, {});
    }
    redirect(303, `/admin/users/${event.params.id}?done=closed`);
  },
  actAs: async (event) => {
    const cookieHeader = event.request.headers.get('cookie') ?? '';
    try {
      const input = { personId: event.params.id, cookieHeader, client: clientOf(event) };
      setCookies(event.cookies, (await startImpersonation(event.locals.ctx, input)).cookies);
    } catch (error) {
      return refused(error, {});
    }
    redirect(303, '/dashboard');
  },
} satisfies Actions;
