import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { decodeJwt, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import Provider, { type Configuration } from 'oidc-provider';
import { portForServer } from './ports.ts';

/** What the provider knows of a person, by the name they log in with. */
type Person = Record<string, string | boolean>;

/** A real OpenID provider on this machine: it asks for a name, or to be refused, and believes whoever says it. */
export interface OpenIdProvider {
  issuer: string;
  settings: Record<string, string>;
  people: Record<string, Person>;
  /** Rewrites the claims of the next ID tokens, signed with the provider's own key, or replaces the token as a whole. */
  tamper?: (claims: JWTPayload) => JWTPayload | Promise<string>;
  /** Goes through the provider's pages as a browser would, and returns the address that it is sent back to. */
  answerTo(authorizationUrl: string, login: string | null): Promise<URL>;
  stop(): Promise<void>;
}

const client = { id: 'lyceum', secret: 'a secret between the school and its provider' };

const givenPorts = new Set<number>();

/** A port that no provider before it had: a school remembers for an hour what an address said of itself. */
async function portOfItsOwn(): Promise<number> {
  let port = await portForServer();
  while (givenPorts.has(port)) port = await portForServer();
  givenPorts.add(port);
  return port;
}

/** Starts a provider for a school at an origin. `claimsInToken`: whether the address is in the ID token, or asked for beside it. */
export async function startOpenIdProvider(schoolOrigin: string, options: { claimsInToken?: boolean } = {}): Promise<OpenIdProvider> {
  const port = await portOfItsOwn();
  const issuer = `http://localhost:${port}`;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), kid: 'test', use: 'sig', alg: 'RS256' };
  const people: Record<string, Person> = {};
  const provider = new Provider(issuer, configuration(schoolOrigin, jwk, people, options.claimsInToken ?? true));
  provider.on('server_error', (_ctx, error) => process.stderr.write(`${error.stack}\n`));
  const callback = provider.callback();
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/interaction/')) return void interact(provider, request, response);
    if (request.url === '/token' && self.tamper)
      rewriteToken(response, self.tamper, (claims) =>
        new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'test' }).sign(privateKey),
      );
    void callback(request, response);
  });
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve));
  const self: OpenIdProvider = {
    issuer,
    settings: { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: client.id, OIDC_CLIENT_SECRET: client.secret, OIDC_NAME: 'Campus' },
    people,
    answerTo,
    stop: () => stopServer(server),
  };
  return self;
}

function configuration(schoolOrigin: string, jwk: object, people: Record<string, Person>, claimsInToken: boolean): Configuration {
  return {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [`${schoolOrigin}/sign-in/with/openid/callback`],
        grant_types: ['authorization_code'],
      },
    ],
    jwks: { keys: [jwk as never] },
    cookies: { keys: ['a key for the cookies of the test'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'preferred_username'] },
    conformIdTokenClaims: !claimsInToken,
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_ctx, sub) => ({
      accountId: sub,
      claims: () => ({ sub, email: `${sub}@campus.test`, email_verified: true, name: `${sub} of Campus`, ...people[sub] }),
    }),
    // Nobody is asked whether the school may know them.
    async loadExistingGrant(ctx) {
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client?.clientId, accountId: ctx.oidc.session?.accountId });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  };
}

/** The provider's one page: who are you? */
async function interact(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'GET') {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><html lang="en"><title>Campus</title><h1>Campus</h1><form method="post">
      <label>Name <input name="login"></label><button>Log in</button><button name="refuse" value="yes">Refuse</button></form></html>`);
    return;
  }
  let body = '';
  for await (const chunk of request) body += chunk;
  const form = new URLSearchParams(body);
  const result = form.has('refuse') ? { error: 'access_denied' } : { login: { accountId: form.get('login') ?? '', remember: false } };
  await provider.interactionFinished(request, response, result);
}

function rewriteToken(
  response: ServerResponse,
  tamper: NonNullable<OpenIdProvider['tamper']>,
  sign: (claims: JWTPayload) => Promise<string>,
): void {
  const end = response.end.bind(response);
  response.end = ((chunk?: Buffer | string) => {
    const body = JSON.parse(String(chunk));
    void (async () => {
      const changed = tamper(decodeJwt(body.id_token));
      const text = JSON.stringify({ ...body, id_token: changed instanceof Promise ? await changed : await sign(changed) });
      response.setHeader('content-length', Buffer.byteLength(text));
      end(text);
    })();
    return response;
  }) as typeof response.end;
}

/** A small browser: it keeps cookies, follows redirects at the provider, and stops where it is sent elsewhere. */
async function answerTo(authorizationUrl: string, login: string | null): Promise<URL> {
  const jar = new Map<string, string>();
  const { origin } = new URL(authorizationUrl);
  const go = async (url: URL, init: RequestInit = {}): Promise<URL> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { ...init, headers: { cookie }, redirect: 'manual' });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      jar.set(name, value);
    }
    const location = answer.headers.get('location');
    if (location) {
      const next = new URL(location, url);
      return next.origin === origin ? go(next) : next;
    }
    if (answer.status !== 200) throw new Error(`The provider answered ${answer.status}: ${await answer.text()}`);
    return go(url, { method: 'POST', body: new URLSearchParams(login === null ? { refuse: 'yes' } : { login }) });
  };
  return go(new URL(authorizationUrl));
}

async function stopServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
