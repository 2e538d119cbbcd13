import { type Context, requirePerson } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { mayDisconnect } from './policy.ts';
import { type ProviderOption, providerOfRealm, providerOptions } from './providers.ts';
import { accountsOf, waysInWithout } from './ways-in.ts';

/** An identity that opens the account. */
export interface Connection {
  id: string;
  provider: ProviderOption;
  /** An address or a user name, as the provider told it. */
  label: string | null;
  since: Date;
  mayDisconnect: boolean;
}

/** The identities that open the actor's account, and the providers of which they could connect one. */
export async function connectionsOf(ctx: Context): Promise<{ connected: Connection[]; others: ProviderOption[] }> {
  const person = requirePerson(ctx);
  const rows = await asActor(ctx, (sql) => sql(accountsOf, person.id));
  const identities = rows.filter(({ providerId }) => providerId !== 'credential');
  return {
    connected: identities.map(({ id, providerId, label, since }) => ({
      id,
      provider: providerOfRealm(providerId),
      label,
      since,
      mayDisconnect: mayDisconnect(waysInWithout(rows, id)),
    })),
    others: providerOptions(identities.map(({ providerId }) => providerId)),
  };
}
