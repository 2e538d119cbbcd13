import type { Context } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { runtime } from '#platform/runtime.server.ts';
import { providerNamed } from '../providers/providers.ts';
import { ownMembership } from './change-renewal.ts';

/** The address of the provider's own pages, where a member changes the card that pays for a membership. */
export async function openPortal(ctx: Context, input: { membershipId: string }): Promise<string> {
  const { provider, userId } = await ownMembership(ctx, input.membershipId);
  const url = await providerNamed(provider).portalUrl?.(ctx, { userId, returnUrl: `${runtime().config.origin}/settings/membership` });
  if (!url) throw new AppError('conflict', 'This way to pay has no pages of its own. Write to the school to change how you pay.');
  return url;
}
