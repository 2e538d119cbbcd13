import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { defineJob, enqueue } from '#platform/jobs.server.ts';
import { providerNamed } from '../providers/providers.ts';

const schema = z.object({ provider: z.string(), subscriptionId: z.string() });

/** Tells a provider to take no more money for a membership; tried again while the provider cannot be reached. */
export const stopRenewingJob = defineJob<z.infer<typeof schema>>({
  name: 'commerce.stopRenewing',
  schema,
  handler: async (ctx, { provider, subscriptionId }) => {
    await providerNamed(provider)?.setCancelAtPeriodEnd?.(ctx, subscriptionId, true);
  },
});

/** Has a provider take no more money for a membership, once the transaction commits. */
export async function stopRenewing(ctx: Context, membership: z.infer<typeof schema>): Promise<void> {
  await enqueue(ctx, stopRenewingJob, membership);
}
