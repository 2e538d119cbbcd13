import { changeLearningProfile, learningProfile } from '#features/accounts/index.server.ts';
import { textOf } from '../../form-answers.ts';
import { refusedBy, saved } from '../answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ profile: await learningProfile(locals.ctx) });

export const actions = {
  save: async ({ locals, request }) => {
    const form = await request.formData();
    const values = {
      weeklyGoalMinutes: textOf(form, 'weeklyGoalMinutes'),
      skillLevel: textOf(form, 'skillLevel'),
      learningGoals: textOf(form, 'learningGoals'),
      preferredTopics: textOf(form, 'preferredTopics'),
      timeAvailability: textOf(form, 'timeAvailability'),
    };
    try {
      await changeLearningProfile(locals.ctx, values);
      return saved('learning', 'Your aims are saved.');
    } catch (error) {
      return refusedBy('learning', error, values);
    }
  },
} satisfies Actions;
