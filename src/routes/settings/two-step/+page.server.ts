import {
  beginSetUp,
  forgetDevices,
  isFresh,
  makeRecoveryCodes,
  rememberedDevices,
  secondFactorOf,
  setUpOf,
  switchOff,
  switchOn,
} from '#features/accounts/index.server.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { clientOf, refused, textOf } from '../../form-answers.ts';
import { requireFreshProofOrConfirm } from '../confirm-first.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, request }) => {
  const { timeZone } = requirePerson(ctx);
  const factor = await secondFactorOf(ctx);
  const cookieHeader = request.headers.get('cookie') ?? '';
  return {
    timeZone,
    factor,
    isFresh: isFresh(ctx.actor, ctx.now),
    setUp: factor.isOn ? undefined : await setUpOf(ctx),
    devices: factor.isOn ? await rememberedDevices(ctx, { cookieHeader }) : [],
  };
};

/** The answer of a form that needs nothing but its button. */
async function pressed<Kind extends string>(ctx: Context, kind: Kind, deed: (ctx: Context) => Promise<void>) {
  try {
    await deed(ctx);
    return { kind };
  } catch (error) {
    return refused(error, {});
  }
}

export const actions = {
  begin: async (event) => {
    requireFreshProofOrConfirm(event);
    return pressed(event.locals.ctx, 'begun', beginSetUp);
  },
  switchOn: async (event) => {
    requireFreshProofOrConfirm(event);
    const code = textOf(await event.request.formData(), 'code');
    try {
      return { kind: 'on' as const, ...(await switchOn(event.locals.ctx, { code, client: clientOf(event) })) };
    } catch (error) {
      return refused(error, {});
    }
  },
  makeCodes: async (event) => {
    requireFreshProofOrConfirm(event);
    try {
      return { kind: 'codes' as const, ...(await makeRecoveryCodes(event.locals.ctx)) };
    } catch (error) {
      return refused(error, {});
    }
  },
  switchOff: async (event) => {
    requireFreshProofOrConfirm(event);
    return pressed(event.locals.ctx, 'off', switchOff);
  },
  forget: async ({ locals: { ctx } }) => pressed(ctx, 'forgotten', forgetDevices),
} satisfies Actions;
