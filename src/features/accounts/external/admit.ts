import type { Context } from '#platform/context.ts';
import type { UserId } from '#platform/ids.ts';
import type { Auth } from '../auth.server.ts';
import { refuseWhileImpersonating } from '../impersonation/refuse-while-impersonating.ts';
import { holdAddress } from '../person-by-email.ts';
import type { Entry } from '../policy.ts';
import { secondStepNeeded } from '../second-factor/second-step-needed.ts';
import { type Client, cookiesOf, headersOf, type SessionCookie } from '../sessions/session-cookies.ts';
import type { Errand } from './challenge-plugin.ts';
import { connectIdentity } from './connect-identity.ts';
import { holdIdentity, ownerOfAddress, personOfIdentity } from './identity-rows.ts';
import { type Arrival, type Verdict, verdictOn } from './policy.ts';
import type { Identity, Provider } from './provider.ts';
import { replaceSignUpByIdentity, signUpByIdentity, type VerifiedIdentity } from './sign-up-by-identity.ts';

type Deed = 'enter' | 'sign-up' | 'replace-sign-up' | 'connect' | 'connected-already';

/** Why an arrival led nowhere. */
export type Refusal = Exclude<Verdict, Deed> | Exclude<Entry, 'welcome'> | 'canceled' | 'failed' | 'expired';

export type Admitted =
  | { kind: 'signed-in'; cookies: SessionCookie[] }
  | { kind: 'second-step'; cookies: SessionCookie[] }
  | { kind: 'connected'; cookies: SessionCookie[] }
  | { kind: 'refused'; purpose: Errand['purpose']; reason: Refusal; cookies: SessionCookie[] };

/** One arrival in one transaction: as whoever asked, and as the program itself. */
export interface Arriving {
  asked: Context;
  system: Context;
  auth: Auth;
  provider: Provider;
  errand: Errand;
  client: Client;
}

/** Decides what becomes of an identity whose provider vouches for it, and does it. */
export async function admit(arriving: Arriving, identity: Identity): Promise<Admitted> {
  const { asked, system, errand, provider } = arriving;
  await holdIdentity(system, identity);
  if (identity.email) await holdAddress(system, identity.email);
  const asker = await askerOf(arriving);
  if (errand.purpose === 'connect' && !asker) return refused(errand, 'expired');
  const connectedTo = await personOfIdentity(system, identity);
  const owner = await ownerOfAddress(system, identity.email);
  const { email, emailVerified } = identity;
  const verdict = verdictOn({ purpose: errand.purpose, email, emailVerified, connectedTo, owner, asker });
  switch (verdict) {
    case 'enter':
      return enter(arriving, connectedTo as UserId);
    case 'sign-up':
      return enter(arriving, await signUpByIdentity(system, identity as VerifiedIdentity));
    case 'replace-sign-up':
      return enter(arriving, await replaceSignUpByIdentity(system, owner?.id as UserId, identity as VerifiedIdentity));
    case 'connect':
      await connectIdentity({ ...system, actor: asked.actor }, asker?.id as UserId, identity, provider.name);
      return { kind: 'connected', cookies: [] };
    case 'connected-already':
      return { kind: 'connected', cookies: [] };
    default:
      return refused(errand, verdict);
  }
}

function refused({ purpose }: Errand, reason: Refusal): Admitted {
  return { kind: 'refused', purpose, reason, cookies: [] };
}

/** Whoever asked to connect, if it is still they who come back: the same person, and not an admin who acts as them. */
async function askerOf({ asked, system, provider, errand }: Arriving): Promise<Arrival['asker']> {
  const { actor } = asked;
  if (errand.purpose !== 'connect' || actor.kind !== 'person' || actor.id !== errand.personId) return null;
  refuseWhileImpersonating(asked);
  const count = await system.db.prisma.account.count({ where: { userId: actor.id, providerId: provider.realm } });
  return { id: actor.id, hasOneOfThisProvider: count > 0 };
}

async function enter({ auth, client }: Arriving, userId: UserId): Promise<Admitted> {
  const begun = await auth.api.beginSession({ body: { userId }, headers: headersOf(client), returnHeaders: true });
  const cookies = cookiesOf(begun.headers);
  return { kind: secondStepNeeded(cookies) ? 'second-step' : 'signed-in', cookies };
}
