import { type Context, requirePerson } from '#platform/context.ts';
import { dangerouslyAsSystem } from '../auth.server.ts';
import { refuseWhileImpersonating } from '../impersonation/refuse-while-impersonating.ts';
import { devicesOf, forgetDevicesOf } from './forget-devices-of.ts';

/** A browser that is asked for the first factor only. */
export interface RememberedDevice {
  /** When someone last signed in with it. */
  lastSignInAt: Date;
  expiresAt: Date;
  /** Whether it is the one that asks. */
  isThis: boolean;
}

/** The devices that the actor had remembered, those used last first. */
export async function rememberedDevices(ctx: Context, input: { cookieHeader: string }): Promise<RememberedDevice[]> {
  const person = requirePerson(ctx);
  const rows = await dangerouslyAsSystem(ctx).db.prisma.verification.findMany({
    where: { ...devicesOf(person.id), expiresAt: { gt: ctx.now } },
    orderBy: { createdAt: 'desc' },
    select: { identifier: true, createdAt: true, expiresAt: true },
  });
  return rows.map(({ identifier, createdAt, expiresAt }) => ({
    lastSignInAt: createdAt,
    expiresAt,
    isThis: input.cookieHeader.includes(identifier),
  }));
}

/** Has every remembered device asked for the second step again, when it signs in the next time. */
export async function forgetDevices(ctx: Context): Promise<void> {
  const person = requirePerson(ctx);
  refuseWhileImpersonating(ctx);
  await forgetDevicesOf(dangerouslyAsSystem(ctx).db.prisma, person.id);
}
