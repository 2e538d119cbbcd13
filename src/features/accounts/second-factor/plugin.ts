import { type TwoFactorOptions, twoFactor } from 'better-auth/plugins/two-factor';

/** How long a remembered device is asked for the first factor only, from its last sign-in on. */
const rememberedSeconds = 30 * 86_400;

/** Identifiers of remembered devices begin with it; they are kept plain, so that a person's can be found and forgotten. */
export const deviceIdentifier = 'trust-device-';

const options = {
  twoFactorCookieMaxAge: 600,
  trustDeviceMaxAge: rememberedSeconds,
  // Over all sign-ins together; one sign-in has five tries.
  accountLockout: { maxFailedAttempts: 10, durationSeconds: 900 },
} satisfies TwoFactorOptions;

/**
 * The ways in that prove one factor. A passkey proves two: having the device, and its owner's finger, face or PIN. The library asks for the
 * second step after a password only; here it is asked after whatever else may be sent, pressed or vouched for by somebody else.
 */
const oneFactor = /^\/(sign-in|sign-up|magic-link\/verify|verify-email|callback|oauth2\/callback)(\/|$)/;

/** better-auth's second factor. A session that a person with one has just been given is taken back for a cookie that leads to the second step. */
export function secondFactor() {
  const plugin = twoFactor(options);
  const after = plugin.hooks.after.map((hook) => ({ ...hook, matcher: ({ path }: { path?: string }) => oneFactor.test(path ?? '') }));
  return { ...plugin, hooks: { after } };
}
