import { cancelMembership, membershipPage, openPortal, resumeMembership } from '#features/commerce/index.server.ts';
import { refused, textOf } from '../../form-answers.ts';
import { saved } from '../answers.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = ({ locals }) => membershipPage(locals.ctx);

/** Does the deed with the membership that the form names. */
function deed(work: typeof cancelMembership, message: string) {
  return async ({ locals, request }: RequestEvent) => {
    const membershipId = textOf(await request.formData(), 'membership');
    try {
      await work(locals.ctx, { membershipId });
    } catch (error) {
      return refused(error, { membershipId });
    }
    return saved('membership', message);
  };
}

export const actions = {
  cancel: deed(cancelMembership, 'Your membership is cancelled. What is paid stays open to you to its end.'),
  resume: deed(resumeMembership, 'Your membership goes on.'),
  portal: async ({ locals, request }) => {
    const membershipId = textOf(await request.formData(), 'membership');
    try {
      // A page leads on: the policy of pages lets forms lead nowhere else.
      return { kind: 'leaving' as const, url: await openPortal(locals.ctx, { membershipId }) };
    } catch (error) {
      return refused(error, { membershipId });
    }
  },
} satisfies Actions;
