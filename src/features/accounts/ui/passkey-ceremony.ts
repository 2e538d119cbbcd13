import type { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser';

/** What came of asking the browser for a passkey. `canceled`: the person closed the window, or let it wait. */
export type CeremonyEnd = { kind: 'done' } | { kind: 'canceled' } | { kind: 'refused'; message: string };

/** A refusal by the school, in its own words. */
class Refused extends Error {}

/** Whether this browser knows passkeys at all. */
export function knowsPasskeys(): boolean {
  return typeof PublicKeyCredential === 'function';
}

/** Whether it offers them by itself, in the field for the address. */
export async function offersPasskeys(): Promise<boolean> {
  return knowsPasskeys() && (await PublicKeyCredential.isConditionalMediationAvailable?.()) === true;
}

/** Makes a passkey for the signed-in person. */
export function addPasskey(): Promise<CeremonyEnd> {
  return inWords(async () => {
    const [{ startRegistration }, optionsJSON] = await Promise.all([
      import('@simplewebauthn/browser'),
      post<PublicKeyCredentialCreationOptionsJSON>('/passkeys/add/options'),
    ]);
    await post('/passkeys/add', { credential: await startRegistration({ optionsJSON }) });
  });
}

/** Proves by a passkey who one is: to sign in, or once more. `byAutofill` waits for the person to choose it in the field. */
export function usePasskey(
  purpose: 'sign-in' | 'confirm',
  options: { byAutofill?: boolean; remember?: () => boolean } = {},
): Promise<CeremonyEnd> {
  return inWords(async () => {
    const [{ startAuthentication }, optionsJSON] = await Promise.all([
      import('@simplewebauthn/browser'),
      post<PublicKeyCredentialRequestOptionsJSON>(`/passkeys/${purpose}/options`),
    ]);
    const credential = await startAuthentication({ optionsJSON, useBrowserAutofill: options.byAutofill });
    await post(`/passkeys/${purpose}`, { credential, remember: options.remember?.() ?? true });
  });
}

async function post<Answer>(path: string, body: object = {}): Promise<Answer> {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  });
  if (answer.status === 204) return undefined as Answer;
  const said = await answer.json();
  if (!answer.ok) throw new Refused(said.message);
  return said;
}

async function inWords(ceremony: () => Promise<void>): Promise<CeremonyEnd> {
  try {
    await ceremony();
    return { kind: 'done' };
  } catch (error) {
    return endOf(error);
  }
}

function endOf(error: unknown): CeremonyEnd {
  if (error instanceof Refused) return { kind: 'refused', message: error.message };
  switch ((error as Error).name) {
    case 'NotAllowedError':
    case 'AbortError':
      return { kind: 'canceled' };
    case 'InvalidStateError':
      return { kind: 'refused', message: 'This device has a passkey for your account already.' };
    case 'SecurityError':
      return { kind: 'refused', message: 'Passkeys work at the school’s own address only. Open it there.' };
    default:
      return { kind: 'refused', message: 'That did not work. Look whether you are online, and try again.' };
  }
}
