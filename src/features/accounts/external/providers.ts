import { AppError } from '#platform/errors.ts';
import { runtime } from '#platform/runtime.server.ts';
import { gitHubProvider } from './github.ts';
import { googleDiscovery } from './google.ts';
import { openIdProvider } from './open-id.ts';
import type { Provider } from './provider.ts';

/** The providers that the school's settings name, in the order of their buttons. */
function providers(): Provider[] {
  const { google, github, openId } = runtime().config.signIn;
  return [
    ...(google ? [openIdProvider({ id: 'google', realm: 'google', name: 'Google' }, { ...google, issuer: googleDiscovery })] : []),
    ...(github ? [gitHubProvider(github)] : []),
    ...(openId ? [openIdProvider({ id: 'openid', realm: `openid:${openId.issuer.replace(/\/$/, '')}`, name: openId.name }, openId)] : []),
  ];
}

/** What a button to a provider needs. */
export interface ProviderOption {
  id: string;
  name: string;
}

/** The providers one may sign in with here; where realms are given, only those without an identity in them. */
export function providerOptions(takenRealms: readonly string[] = []): ProviderOption[] {
  return providers()
    .filter(({ realm }) => !takenRealms.includes(realm))
    .map(({ id, name }) => ({ id, name }));
}

/** The provider of an address, as far as a page shows it; one that the school has not set up does not exist. */
export function providerOption(id: string): ProviderOption {
  const { name } = providerOf(id);
  return { id, name };
}

/** The realm of identities that an external identity service reports: they open accounts by a token, without a button. */
export const clerkId = 'clerk';

const everName: Record<string, string> = { google: 'Google', github: 'GitHub', openid: 'OpenID Connect', [clerkId]: 'Clerk' };

/** What an identity's provider is called, and by which sign it is known, even one that the school has given up since. */
export function providerOfRealm(realm: string): ProviderOption {
  const [kind = realm] = realm.split(':');
  const { id, name } = providers().find((provider) => provider.realm === realm) ?? { id: kind, name: everName[kind] ?? kind };
  return { id, name };
}

/** The realms whose identities open an account today. */
export function openRealms(): Set<string> {
  const { clerkTokens } = runtime().config.signIn;
  return new Set([...providers().map(({ realm }) => realm), ...(clerkTokens ? [clerkId] : [])]);
}

/** The provider of an address. */
export function providerOf(id: string): Provider {
  const provider = providers().find((provider) => provider.id === id);
  if (!provider) throw new AppError('not-found', 'There is nothing at this address.');
  return provider;
}

/** Where a provider sends people back to: what an operator registers with it. */
export function callbackUrl(providerId: string): string {
  return `${runtime().config.origin}/sign-in/with/${providerId}/callback`;
}
