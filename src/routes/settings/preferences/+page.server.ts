import { changePreferences, ownPreferences } from '#features/accounts/index.server.ts';
import { themeFrom } from '#ui/theme.ts';
import { textOf } from '../../form-answers.ts';
import { setThemeCookie } from '../../theme-cookie.ts';
import { lookAgain, refusedBy, saved } from '../answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, cookies }) => ({
  preferences: await ownPreferences(locals.ctx),
  /** What this browser shows, which may have been chosen at the foot of a page. */
  shownTheme: themeFrom(cookies.get('theme')),
});

export const actions = {
  save: async (event) => {
    const form = await event.request.formData();
    const values = { theme: textOf(form, 'theme'), language: textOf(form, 'language'), timeZone: textOf(form, 'timeZone') };
    try {
      const { theme } = await changePreferences(event.locals.ctx, values);
      setThemeCookie(event, theme);
      await lookAgain(event);
      return saved('preferences', 'Your preferences are saved.');
    } catch (error) {
      return refusedBy('preferences', error, values);
    }
  },
} satisfies Actions;
