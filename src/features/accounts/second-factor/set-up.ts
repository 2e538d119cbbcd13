import { generateRandomString, symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto';
import { encode } from 'uqr';
import { type Context, requirePerson } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { inAuthTransaction } from '../auth.server.ts';
import { isFresh } from '../sessions/fresh-proof.ts';
import { newRecoveryCodes, sealRecoveryCodes } from './recovery-codes.ts';
import { requireOwner } from './require-owner.ts';

/** What an authenticator app needs to know, until it has proved that it knows it. */
export interface SetUp {
  /** The secret as one types it, in groups of four. */
  secret: string;
  /** The same as a link, for an app on this very device. */
  url: string;
  /** The same as a square of `size` modules a side; `path` draws the dark ones. */
  qr: { size: number; path: string };
}

/** Makes the secret that an authenticator app is to be taught. Nothing is asked for at sign-in before the app has shown a right code. */
export async function beginSetUp(ctx: Context): Promise<void> {
  const person = requireOwner(ctx);
  await inAuthTransaction(ctx, async (ctx, auth) => {
    await ctx.db.prisma.$queryRaw`select id from users where id = ${person.id}::uuid for no key update`;
    const isOn = await ctx.db.prisma.twoFactor.count({ where: { userId: person.id, verified: true } });
    if (isOn > 0) throw new AppError('conflict', 'Two-step sign-in is on already.');
    await ctx.db.prisma.twoFactor.deleteMany({ where: { userId: person.id } });
    const { secretConfig: key } = await auth.$context;
    // 24 signs of 64 are 144 bits; RFC 4226 asks for 128.
    const secret = await symmetricEncrypt({ key, data: generateRandomString(24) });
    const backupCodes = await sealRecoveryCodes(auth, newRecoveryCodes());
    await ctx.db.prisma.twoFactor.create({ data: { id: newId(), userId: person.id, secret, backupCodes, verified: false } });
  });
}

/** What the actor's app is to be taught, if they have begun and proved who they are a short while ago. */
export async function setUpOf(ctx: Context): Promise<SetUp | undefined> {
  const person = requirePerson(ctx);
  if (!isFresh(person, ctx.now) || person.session?.impersonator) return undefined;
  return inAuthTransaction(ctx, async (ctx, auth) => {
    const row = await ctx.db.prisma.twoFactor.findFirst({ where: { userId: person.id, verified: false }, select: { secret: true } });
    if (!row) return undefined;
    const { secretConfig: key } = await auth.$context;
    const secret = base32(await symmetricDecrypt({ key, data: row.secret }));
    const label = `${encodeURIComponent('Lyceum')}:${encodeURIComponent(person.email)}`;
    const url = `otpauth://totp/${label}?${new URLSearchParams({ secret, issuer: 'Lyceum', digits: '6', period: '30' })}`;
    return { secret: secret.match(/.{1,4}/g)?.join(' ') ?? '', url, qr: squareOf(url) };
  });
}

/** RFC 4648, without padding, as authenticator apps expect it. */
function base32(text: string): string {
  const bits = [...Buffer.from(text)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}

/** The dark modules of a QR code as one path, with the quiet edge that scanners need. */
function squareOf(text: string): SetUp['qr'] {
  const { size, data } = encode(text, { border: 2, ecc: 'M' });
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { size, path: dark.join('') };
}
