import { fail } from '@sveltejs/kit';
import { isMailDelivered, requestVerification, verifyEmail } from '#features/accounts/index.server.ts';
import { localPath } from '#platform/http/local-path.ts';
import { clientOf, refused, textOf } from '../../form-answers.ts';
import { enterSchool } from '../enter-school.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => ({ token: url.searchParams.get('token') ?? '', mailDelivered: isMailDelivered() });

export const actions = {
  // A form and not the link itself confirms: programs that look into mails open links too.
  confirm: async (event) => {
    const token = event.url.searchParams.get('token') ?? '';
    const answer = await verifyEmail(event.locals.ctx, { token, client: clientOf(event) }).catch((error: unknown) =>
      refused(error, { email: '' }),
    );
    if (!('kind' in answer)) return answer;
    if (answer.kind === 'expired') return fail(422, answer);
    if (answer.kind === 'already-confirmed') return answer;
    return enterSchool(event, answer);
  },
  resend: async (event) => {
    const values = { email: textOf(await event.request.formData(), 'email') };
    const next = localPath(event.url.searchParams.get('next'));
    try {
      await requestVerification(event.locals.ctx, { ...values, next, client: clientOf(event) });
      return { kind: 'sent' as const, to: values.email.trim() };
    } catch (error) {
      return refused(error, values);
    }
  },
} satisfies Actions;
