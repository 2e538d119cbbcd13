import { redirect } from '@sveltejs/kit';
import { type Arrived, finishExternal } from '#features/accounts/index.server.ts';
import { clientOf, setCookies } from '../../../../../form-answers.ts';
import { afterSignIn, withNext } from '../../../../after-sign-in.ts';
import type { RequestHandler } from './$types';

/** The one GET that writes: a provider sends people back by a redirect. The signed state, spent before anything else, stands in for the form. */
export const GET: RequestHandler = async (event) => {
  const { ctx } = event.locals;
  const { provider } = event.params;
  const parameter = (name: string) => event.url.searchParams.get(name) ?? undefined;
  const answer = { code: parameter('code'), state: parameter('state'), error: parameter('error'), iss: parameter('iss') };
  const arrived = await finishExternal(ctx, { provider, answer, client: clientOf(event) });
  setCookies(event.cookies, arrived.cookies);
  // To an address of its own each time: the code does not stay in the browser's history.
  redirect(303, placeAfter(arrived, provider, ctx.actor.kind === 'person'));
};

function placeAfter(arrived: Arrived, provider: string, isSignedIn: boolean): string {
  const heading = { searchParams: { get: () => arrived.next ?? null } };
  if (arrived.kind === 'signed-in') return afterSignIn(heading);
  if (arrived.kind === 'second-step') return withNext('/sign-in/second-step', heading);
  if (arrived.kind === 'connected') return `/settings/connections?connected=${provider}`;
  const isConnecting = arrived.purpose === 'connect' || isSignedIn;
  const place = isConnecting ? `/settings/connections?provider=${provider}&` : `/sign-in/with/${provider}?`;
  return withNext(`${place}refused=${arrived.reason}`, heading);
}
