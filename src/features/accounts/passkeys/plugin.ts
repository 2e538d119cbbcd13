import { passkey } from '@better-auth/passkey';
import { APIError } from 'better-auth/api';
import type { Config } from '#platform/config.server.ts';

/**
 * better-auth's passkeys, at the school's public address only. The device must verify its owner, so that a passkey proves two factors, and
 * must find the passkey by itself, so that nobody types who they are.
 */
export function passkeys({ origin }: Config) {
  return passkey({
    rpID: new URL(origin).hostname,
    rpName: 'Lyceum',
    origin,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    advanced: { webAuthnChallengeCookie: 'passkey_challenge' },
    registration: { afterVerification: async ({ verification }) => refuseUnverified(verification.registrationInfo?.userVerified) },
    authentication: { afterVerification: async ({ verification }) => refuseUnverified(verification.authenticationInfo.userVerified) },
  });
}

/** The library asks the device to verify its owner, but lets one pass that did not. */
function refuseUnverified(userVerified: boolean | undefined): void {
  if (!userVerified) throw new APIError('BAD_REQUEST', { code: 'USER_NOT_VERIFIED', message: 'The device did not verify its owner' });
}
