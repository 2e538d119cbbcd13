import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { portForServer } from './ports.ts';

interface GitHubUser {
  id: number;
  login: string;
  name: string | null;
  emails: { email: string; primary: boolean; verified: boolean }[];
}

/** A server that speaks as much of GitHub's protocol as a sign-in needs, as an Enterprise Server does: OAuth with PKCE, and two pages of its API. */
export interface GitHub {
  settings: Record<string, string>;
  /** Allows the school what it asks for, as this user, and returns the address that the browser is sent back to. */
  allow(authorizationUrl: string, user: GitHubUser): URL;
  stop(): Promise<void>;
}

/** Starts it on a free port. */
export async function startGitHub(): Promise<GitHub> {
  const url = `http://localhost:${await portForServer()}`;
  const settings = { GITHUB_URL: url, GITHUB_CLIENT_ID: 'lyceum', GITHUB_CLIENT_SECRET: 'a secret of the test' };
  const codes = new Map<string, { challenge: string; redirectUri: string; user: GitHubUser }>();
  const tokens = new Map<string, GitHubUser>();

  const exchange = (form: URLSearchParams): object => {
    const code = form.get('code') ?? '';
    const asked = codes.get(code);
    codes.delete(code);
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const isClient = form.get('client_id') === settings.GITHUB_CLIENT_ID && form.get('client_secret') === settings.GITHUB_CLIENT_SECRET;
    if (!asked || !isClient || challenge !== asked.challenge || form.get('redirect_uri') !== asked.redirectUri) {
      return { error: 'bad_verification_code', error_description: 'The code passed is incorrect or expired.' };
    }
    const token = randomUUID();
    tokens.set(token, asked.user);
    return { access_token: token, token_type: 'bearer', scope: 'read:user,user:email' };
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const send = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.method === 'POST' && request.url === '/login/oauth/access_token') {
      let body = '';
      for await (const chunk of request) body += chunk;
      return void send(200, exchange(new URLSearchParams(body)));
    }
    const user = tokens.get(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '');
    if (!user) return void send(401, { message: 'Bad credentials' });
    const { emails, ...profile } = user;
    if (request.url === '/api/v3/user') return void send(200, { ...profile, email: null, avatar_url: `${url}/avatar.png` });
    if (request.url === '/api/v3/user/emails') return void send(200, emails);
    send(404, { message: 'Not Found' });
  };

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(Number(new URL(url).port), 'localhost', resolve));
  return {
    settings,
    allow(authorizationUrl, user) {
      const asked = new URL(authorizationUrl);
      const parameter = (name: string) => asked.searchParams.get(name) ?? '';
      if (asked.origin + asked.pathname !== `${url}/login/oauth/authorize`) throw new Error(`GitHub has no ${authorizationUrl}`);
      if (parameter('code_challenge_method') !== 'S256') throw new Error('The school sent no proof key');
      const code = randomUUID();
      codes.set(code, { challenge: parameter('code_challenge'), redirectUri: parameter('redirect_uri'), user });
      const back = new URL(parameter('redirect_uri'));
      back.searchParams.set('code', code);
      back.searchParams.set('state', parameter('state'));
      return back;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
