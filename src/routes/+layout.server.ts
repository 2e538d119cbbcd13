import { themeFrom } from '#ui/theme.ts';
import type { LayoutServerLoad } from './$types';
import { guestCartOf } from './cart-cookies.ts';

export const load: LayoutServerLoad = ({ locals, cookies }) => {
  const { actor, now } = locals.ctx;
  return {
    viewer:
      actor.kind === 'person'
        ? { name: actor.name, email: actor.email, role: actor.role, imageUrl: actor.imageUrl, locale: actor.locale }
        : null,
    /** Whether the viewer teaches, or helps in somebody's course. */
    teaches: actor.kind === 'person' && (actor.role !== 'STUDENT' || actor.session?.isInTeam === true),
    /** Whether an admin acts as the viewer. */
    isActedAs: actor.kind === 'person' && Boolean(actor.session?.impersonator),
    /** How many things a guest's browser remembers, or the person's cart holds. */
    inCart: actor.kind === 'person' ? (actor.session?.inCart ?? 0) : guestCartOf({ cookies }).length,
    theme: themeFrom(cookies.get('theme')),
    year: now.getUTCFullYear(),
  };
};
