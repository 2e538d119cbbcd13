import { makeCalendar, ownCalendar, removeCalendar } from '#features/learning/index.server.ts';
import { saved } from '../answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ calendar: await ownCalendar(locals.ctx) });

export const actions = {
  make: async ({ locals }) => {
    await makeCalendar(locals.ctx);
    return saved('calendar', 'Your calendar has an address.');
  },
  replace: async ({ locals }) => {
    await makeCalendar(locals.ctx);
    return saved('calendar', 'Your calendar has a new address. The old one shows nothing any more.');
  },
  remove: async ({ locals }) => {
    await removeCalendar(locals.ctx);
    return saved('calendar', 'The address is removed. Calendar programs that used it show nothing new.');
  },
} satisfies Actions;
