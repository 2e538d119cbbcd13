import { isMailDelivered, requestPasswordReset } from '#features/accounts/index.server.ts';
import { clientOf, refused, textOf } from '../../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => ({ mailDelivered: isMailDelivered() });

export const actions = {
  request: async (event) => {
    const values = { email: textOf(await event.request.formData(), 'email') };
    try {
      await requestPasswordReset(event.locals.ctx, { ...values, client: clientOf(event) });
      return { kind: 'sent' as const, to: values.email.trim() };
    } catch (error) {
      return refused(error, values);
    }
  },
} satisfies Actions;
