import type { Context } from '#platform/context.ts';

/**
 * Gives an account that was never confirmed to whoever has just proved that its address is theirs. A stranger may have made it: no password
 * and no other way in that was there before is left.
 */
export async function giveToOwner({ db: { prisma } }: Context, userId: string): Promise<void> {
  const theirs = { where: { userId } };
  await prisma.session.deleteMany(theirs);
  await prisma.account.deleteMany(theirs);
  await prisma.passkey.deleteMany(theirs);
  await prisma.twoFactor.deleteMany(theirs);
  await prisma.apiKey.deleteMany({ where: { referenceId: userId } });
  await prisma.user.update({ where: { id: userId }, data: { emailVerified: true, twoFactorEnabled: false } });
}
