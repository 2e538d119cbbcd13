import { inviteTeam, takeOwnSeat, takeSeatBack, teamPage } from '#features/commerce/index.server.ts';
import { refused, textOf } from '../../../form-answers.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = ({ locals, params }) => teamPage(locals.ctx, { orderNumber: params.number });

/** Does the deed with the team that the form names, and says what came of it beside that team. */
function deed(work: (ctx: App.Locals['ctx'], input: { itemId: string; form: FormData }) => Promise<string>) {
  return async ({ locals, request }: RequestEvent) => {
    const form = await request.formData();
    const itemId = textOf(form, 'item');
    try {
      return { kind: 'done' as const, itemId, message: await work(locals.ctx, { itemId, form }) };
    } catch (error) {
      return refused(error, { itemId, emails: textOf(form, 'emails') });
    }
  };
}

const people = (count: number) => (count === 1 ? 'One person' : `${count} people`);

export const actions = {
  invite: deed(async (ctx, { itemId, form }) => {
    const { invited, again } = await inviteTeam(ctx, { itemId, emails: textOf(form, 'emails') });
    const words = [invited > 0 && `${people(invited)} invited.`, again > 0 && `${people(again)} mailed a new link.`].filter(Boolean);
    return words.join(' ') || 'Everybody of these has a seat already.';
  }),
  takeOwn: deed(async (ctx, { itemId }) => {
    const { kind } = await takeOwnSeat(ctx, { itemId });
    return kind === 'owned' ? 'You have all of it already, so the seat stays free.' : 'You have a seat.';
  }),
  takeBack: deed(async (ctx, { itemId, form }) => {
    await takeSeatBack(ctx, { itemId, seatId: textOf(form, 'seat') });
    return 'The seat is free again.';
  }),
} satisfies Actions;
