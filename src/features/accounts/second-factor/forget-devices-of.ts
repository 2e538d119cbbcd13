import type { Prisma } from '#generated/prisma/client.ts';
import { deviceIdentifier } from './plugin.ts';

/** The rows of the devices that a person had remembered. Written by better-auth among its other proofs. */
export const devicesOf = (userId: string) => ({ value: userId, identifier: { startsWith: deviceIdentifier } });

/** Has a person's remembered devices asked for the second step again: when they say so, or their password or second factor has changed. */
export async function forgetDevicesOf(prisma: Prisma.TransactionClient, userId: string): Promise<void> {
  await prisma.verification.deleteMany({ where: devicesOf(userId) });
}
