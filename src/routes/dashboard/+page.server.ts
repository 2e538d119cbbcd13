import { setWeeklyGoal } from '#features/accounts/index.server.ts';
import { dashboard } from '#features/learning/index.server.ts';
import { refused, textOf } from '../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => dashboard(locals.ctx);

export const actions = {
  setGoal: async ({ locals, request }) => {
    const values = { weeklyGoalMinutes: textOf(await request.formData(), 'weeklyGoalMinutes') };
    try {
      await setWeeklyGoal(locals.ctx, values);
      return { kind: 'saved' as const, message: 'Your weekly goal is saved.' };
    } catch (error) {
      return refused(error, values);
    }
  },
} satisfies Actions;
