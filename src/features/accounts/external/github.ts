import { createAuthorizationURL } from 'better-auth/oauth2';
import { z } from 'zod';
import type { ProviderSettings } from '#platform/sign-in-settings.server.ts';
import { askProvider, exchangeCode } from './ask-provider.ts';
import { addressOf, nameOf } from './identity-fields.ts';
import { type Provider, ProviderProblem } from './provider.ts';

const user = z.object({ id: z.int().positive(), login: z.string(), name: z.string().nullish() });
const emails = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

/** GitHub speaks OAuth without OpenID Connect: who came is asked of its API. */
export function gitHubProvider(settings: ProviderSettings & { url: string }): Provider {
  const api = settings.url === 'https://github.com' ? 'https://api.github.com' : `${settings.url}/api/v3`;
  const realm = settings.url === 'https://github.com' ? 'github' : `github:${settings.url}`;
  return {
    id: 'github',
    realm,
    name: 'GitHub',
    authorizationUrl: ({ state, codeVerifier, redirectUri }) =>
      createAuthorizationURL({
        id: 'github',
        options: { clientId: settings.clientId },
        authorizationEndpoint: `${settings.url}/login/oauth/authorize`,
        redirectURI: redirectUri,
        scopes: ['read:user', 'user:email'],
        state,
        codeVerifier,
      }),
    async identify(challenge, { code }) {
      const endpoint = `${settings.url}/login/oauth/access_token`;
      const { access_token: token } = await exchangeCode(endpoint, settings, challenge, code, 'client_secret_post');
      if (!token) throw new ProviderProblem('GitHub sent no token');
      const headers = { authorization: `Bearer ${token}`, accept: 'application/vnd.github+json', 'user-agent': 'Lyceum' };
      const [{ id, login, name }, addresses] = await Promise.all([
        askProvider(user, `${api}/user`, { headers }),
        askProvider(emails, `${api}/user/emails`, { headers }),
      ]);
      const reachable = addresses.filter(({ email }) => !email.toLowerCase().endsWith('@users.noreply.github.com'));
      const best = reachable.find(({ primary }) => primary) ?? reachable.find(({ verified }) => verified);
      const email = addressOf(best?.email);
      return {
        providerId: realm,
        accountId: String(id),
        email,
        emailVerified: email !== undefined && best?.verified === true,
        name: nameOf(name, login),
        label: login.slice(0, 254),
      };
    },
  };
}
