import { type IncomingHttpHeaders, request as send } from 'node:http';
import pg from 'pg';
import { createUser, type NewUser } from '#features/accounts/index.server.ts';
import { loadConfig } from '#platform/config.server.ts';
import { joinEmbeddedPostgres } from '#platform/database/embedded.server.ts';
import { systemContext } from '#platform/runtime.server.ts';
import { type LyceumProcess, startProcess } from '../../src/process.server.ts';
import { type School, startSchool } from '../support/school.ts';

/** A running school to be attacked, with what a test needs to set it up and to look behind the wall. */
export interface Target {
  school: School;
  /** What the school takes its own address to be. */
  origin: string;
  /** As the owner of the tables. */
  owner: pg.Client;
  make(email: string, more?: Partial<NewUser>): Promise<string>;
  close(): Promise<void>;
}

export const password = 'lakes and nine tin boats';

/** Starts a school, and joins its database: commands run here too, beside the school. */
export async function openTarget(environment: Record<string, string> = {}): Promise<Target> {
  const school = await startSchool({ words: ['--empty'], environment });
  const { dataDir } = school;
  const config = loadConfig({ ...environment, DATA_DIR: dataDir, LOG_LEVEL: 'silent' });
  const here: LyceumProcess = await startProcess({ join: true }, config);
  const embedded = await joinEmbeddedPostgres(dataDir);
  if (!embedded) throw new Error('The school has no database to look into');
  const owner = new pg.Client({ connectionString: embedded.ownerUrl });
  await owner.connect();
  return {
    school,
    origin: environment.ORIGIN ?? school.baseUrl,
    owner,
    make: async (email, more = {}) => (await createUser(systemContext(), { name: 'Ada Lovelace', email, password, ...more })).id,
    async close() {
      await owner.end();
      await here.close();
      await school.stop();
    },
  };
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  /** Every `Set-Cookie`, as it was sent. */
  setCookies: string[];
  /** Where a redirect leads. */
  location: string;
  body: string;
}

export interface Attempt {
  method?: string;
  headers?: Record<string, string | undefined>;
  body?: string | URLSearchParams | Buffer;
}

/** Sends a request exactly as it is given: no header is added but what it accepts and its length, no redirect is followed, no path is tidied. */
export function attempt({ school }: Target, path: string, { method = 'GET', headers = {}, body }: Attempt = {}): Promise<Answer> {
  const { port } = new URL(school.baseUrl);
  const bytes = body === undefined ? undefined : Buffer.from(body instanceof URLSearchParams ? body.toString() : body);
  const type = body instanceof URLSearchParams ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
  const length = bytes ? { 'content-length': bytes.length } : {};
  return new Promise((resolve, reject) => {
    const outgoing = send(
      { host: 'localhost', port, path, method, agent: false, headers: { accept: 'text/html', ...type, ...length, ...headers } },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            setCookies: answer.headers['set-cookie'] ?? [],
            location: answer.headers.location ?? '',
            body: Buffer.concat(parts).toString(),
          }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(bytes);
  });
}

/** A browser of one person: it keeps the cookies that it is given and names the school as the sender of its forms. */
export interface Browser {
  cookies: Map<string, string>;
  /** Its `Cookie` header. */
  cookie(): string;
  get(path: string): Promise<Answer>;
  post(path: string, form?: Record<string, string>): Promise<Answer>;
}

export function browserAt(target: Target): Browser {
  const cookies = new Map<string, string>();
  const cookie = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const keep = (answer: Answer) => {
    for (const line of answer.setCookies) {
      const [pair = '', ...attributes] = line.split(/;\s*/);
      const at = pair.indexOf('=');
      const isOver = attributes.some((attribute) => /^max-age=0$/i.test(attribute));
      if (isOver) cookies.delete(pair.slice(0, at));
      else cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return answer;
  };
  const headers = (): Attempt['headers'] => (cookies.size > 0 ? { cookie: cookie() } : {});
  return {
    cookies,
    cookie,
    get: async (path) => keep(await attempt(target, path, { headers: headers() })),
    post: async (path, form = {}) =>
      keep(
        await attempt(target, path, { method: 'POST', headers: { ...headers(), origin: target.origin }, body: new URLSearchParams(form) }),
      ),
  };
}

/** A browser in which somebody has signed in. */
export async function signedIn(target: Target, email: string, browser = browserAt(target)): Promise<Browser> {
  const answer = await browser.post('/sign-in?/signIn', { email, password, remember: 'on' });
  if (answer.status !== 303) throw new Error(`Signing in answered ${answer.status}: ${answer.body}`);
  return browser;
}

/** Whose settings a `Cookie` header opens: their address, or nobody's. */
export async function whoIs(target: Target, cookie: string): Promise<string | null> {
  const answer = await attempt(target, '/settings/security', { headers: { cookie, accept: 'text/html' } });
  if (answer.status === 303 && answer.location.startsWith('/sign-in')) return null;
  const [address] = /[\w.-]+@school\.test/.exec(answer.body) ?? [];
  if (answer.status !== 200 || !address) throw new Error(`The settings answered ${answer.status}`);
  return address;
}

/** The link in the newest mail of a kind to an address, once it is there. */
export async function mailedLink({ owner }: Target, kind: string, to: string): Promise<URL> {
  for (const started = performance.now(); performance.now() - started < 60_000; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const { rows } = await owner.query<{ text: string }>(
      'select text from email_messages where kind = $1 and recipient = $2 order by id desc limit 1',
      [kind, to],
    );
    const [link] = /https?:\/\/\S+/.exec(rows[0]?.text ?? '') ?? [];
    if (link) return new URL(link);
  }
  throw new Error(`No mail of ${kind} to ${to}`);
}
