import { randomInt } from 'node:crypto';
import { symmetricEncrypt } from 'better-auth/crypto';
import type { Auth } from '../auth.server.ts';

/** How many recovery codes someone gets at a time. */
const recoveryCodeCount = 10;

/** No letters and digits that are taken for each other. Ten of them are 49 bits, of which one has ten guesses. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';

/** New recovery codes, such as `k7fma-2xq9c`. */
export function newRecoveryCodes(): string[] {
  const part = () => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return Array.from({ length: recoveryCodeCount }, () => `${part()}-${part()}`);
}

/** A recovery code as it is kept, however it was typed. */
export function tidyRecoveryCode(typed: string): string {
  const signs = typed.toLowerCase().replace(/[^a-z0-9]/g, '');
  return `${signs.slice(0, 5)}-${signs.slice(5)}`;
}

/** Recovery codes in the form in which better-auth keeps and reads them. */
export async function sealRecoveryCodes(auth: Auth, codes: readonly string[]): Promise<string> {
  const { secretConfig } = await auth.$context;
  return symmetricEncrypt({ key: secretConfig, data: JSON.stringify(codes) });
}

/** How many recovery codes a person with a second factor has left. */
export async function recoveryCodesLeft(auth: Auth, userId: string): Promise<number> {
  return (await auth.api.viewBackupCodes({ body: { userId } })).backupCodes.length;
}
