import {
  applyToTeach,
  changeTeachingProfile,
  ownApplication,
  teachingProfile,
  withdrawApplication,
} from '#features/accounts/index.server.ts';
import { mayTeach } from '#features/accounts/profile/policy.ts';
import { requirePerson } from '#platform/context.ts';
import { textOf } from '../../form-answers.ts';
import { refusedBy, saved } from '../answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx } }) => {
  const { timeZone } = requirePerson(ctx);
  const [profile, application] = mayTeach(ctx.actor) ? [await teachingProfile(ctx), null] : [null, await ownApplication(ctx)];
  return { profile, application, timeZone };
};

export const actions = {
  apply: async ({ locals, request }) => {
    const values = { message: textOf(await request.formData(), 'message') };
    try {
      const { kind } = await applyToTeach(locals.ctx, values);
      return saved(
        'apply',
        kind === 'applied' ? 'Your application is on its way.' : 'Your earlier application still waits. It stays as it is.',
      );
    } catch (error) {
      return refusedBy('apply', error, values);
    }
  },

  withdraw: async ({ locals }) => {
    try {
      const { kind } = await withdrawApplication(locals.ctx);
      return saved('withdraw', kind === 'withdrawn' ? 'Your application is withdrawn.' : 'Nothing waits anymore: look at the answer.');
    } catch (error) {
      return refusedBy('withdraw', error, {});
    }
  },

  saveProfile: async ({ locals, request }) => {
    const form = await request.formData();
    const values = {
      title: textOf(form, 'title'),
      expertise: textOf(form, 'expertise'),
      yearsOfExperience: textOf(form, 'yearsOfExperience'),
      certifications: textOf(form, 'certifications'),
      linkedIn: textOf(form, 'linkedIn'),
      twitter: textOf(form, 'twitter'),
      github: textOf(form, 'github'),
      website: textOf(form, 'website'),
    };
    try {
      await changeTeachingProfile(locals.ctx, values);
      return saved('profile', 'Your page as an instructor is saved.');
    } catch (error) {
      return refusedBy('profile', error, values);
    }
  },
} satisfies Actions;
