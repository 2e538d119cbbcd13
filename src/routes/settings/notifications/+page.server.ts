import { changeNotifications, ownNotifications } from '#features/accounts/index.server.ts';
import { refusedBy, saved } from '../answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ notifications: await ownNotifications(locals.ctx) });

export const actions = {
  save: async ({ locals, request }) => {
    const form = await request.formData();
    const chosen = form.getAll('chosen').filter((value) => typeof value === 'string');
    try {
      await changeNotifications(locals.ctx, { isEnabled: form.has('isEnabled'), chosen });
      return saved('notifications', 'Your choice is saved.');
    } catch (error) {
      return refusedBy('notifications', error, {});
    }
  },
} satisfies Actions;
