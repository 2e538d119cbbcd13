import { createPublicKey } from 'node:crypto';
import { z } from 'zod';
import { OperatorError } from './errors.ts';
import { isLoopback } from './http/loopback.ts';

const text = z.string().min(1).optional();

/** Secrets and proofs of who one is travel to these addresses: in the open only on this machine itself. */
const safeUrl = text
  .refine((value) => value === undefined || isSafeUrl(value), 'must be a URL that starts with https:')
  .transform((value) => value?.replace(/\/$/, ''));

const publicKey = text
  .transform((value) => value?.replaceAll('\\n', '\n'))
  .refine((value) => value === undefined || isRsaKey(value), 'must be a public RSA key that starts with -----BEGIN PUBLIC KEY-----');

const webhookSecret = text.refine(
  (value) => value === undefined || /^whsec_[\w+/]{16,}={0,2}$/.test(value),
  'must be a signing secret that starts with whsec_',
);

/** Settings of those who vouch for people: a school without them has its own sign-in alone. */
export const signInSettings = {
  GOOGLE_CLIENT_ID: { about: 'Sign-in with Google: the client ID', schema: text, byDefault: 'no such button' },
  GOOGLE_CLIENT_SECRET: { about: 'Sign-in with Google: the client secret', schema: text, byDefault: 'none', secret: true },
  GITHUB_CLIENT_ID: { about: 'Sign-in with GitHub: the client ID', schema: text, byDefault: 'no such button' },
  GITHUB_CLIENT_SECRET: { about: 'Sign-in with GitHub: the client secret', schema: text, byDefault: 'none', secret: true },
  GITHUB_URL: { about: 'Address of a GitHub Enterprise Server', schema: safeUrl, byDefault: 'https://github.com' },
  OIDC_ISSUER: {
    about: 'Sign-in with any OpenID Connect provider: its issuer, to which /.well-known/openid-configuration is added',
    schema: text.refine((value) => value === undefined || isSafeUrl(value), 'must be a URL that starts with https:'),
    byDefault: 'no such button',
  },
  OIDC_CLIENT_ID: { about: 'Sign-in with that provider: the client ID', schema: text, byDefault: 'none' },
  OIDC_CLIENT_SECRET: { about: 'Sign-in with that provider: the client secret', schema: text, byDefault: 'none', secret: true },
  OIDC_NAME: { about: 'What that provider is called on its button', schema: text, byDefault: 'the host of OIDC_ISSUER' },
  CLERK_WEBHOOK_SECRET: {
    about: 'Signing secret of Clerk’s webhook to /webhooks/clerk, as whsec_…',
    schema: webhookSecret,
    byDefault: 'none: no webhook is taken',
    secret: true,
  },
  CLERK_JWT_KEY: {
    about: 'Clerk’s public key of session tokens, as PEM',
    schema: publicKey,
    byDefault: 'none: no token is taken',
    // Public, but long, and easily mistaken for its private half.
    secret: true,
  },
  CLERK_ISSUER: { about: 'Issuer of Clerk’s session tokens', schema: safeUrl, byDefault: 'none' },
};

/** What it takes to send someone to a provider and to believe what it answers. */
export interface ProviderSettings {
  clientId: string;
  clientSecret: string;
}

/** Who may vouch for people at this school. */
export interface SignInConfig {
  google?: ProviderSettings;
  github?: ProviderSettings & { url: string };
  openId?: ProviderSettings & { issuer: string; name: string };
  clerkWebhookSecret?: string;
  clerkTokens?: { key: string; issuer: string };
}

type Name = keyof typeof signInSettings;

/** Reads the settings that belong together. One that lacks its fellows is a mistake of set-up. */
export function signInConfig(read: (name: Name) => string | undefined): SignInConfig {
  const together = <Key extends string>(names: Record<Key, Name>): Record<Key, string> | undefined => {
    const entries = Object.entries<Name>(names);
    const [missing, given] = [entries.find(([, name]) => !read(name)), entries.find(([, name]) => read(name))];
    if (missing && given) throw new OperatorError(`The setting ${given[1]} needs ${missing[1]} beside it.`);
    return given && (Object.fromEntries(entries.map(([key, name]) => [key, read(name)])) as Record<Key, string>);
  };
  const github = together({ clientId: 'GITHUB_CLIENT_ID', clientSecret: 'GITHUB_CLIENT_SECRET' });
  const openId = together({ issuer: 'OIDC_ISSUER', clientId: 'OIDC_CLIENT_ID', clientSecret: 'OIDC_CLIENT_SECRET' });
  return {
    google: together({ clientId: 'GOOGLE_CLIENT_ID', clientSecret: 'GOOGLE_CLIENT_SECRET' }),
    github: github && { ...github, url: read('GITHUB_URL') ?? 'https://github.com' },
    openId: openId && { ...openId, name: read('OIDC_NAME') ?? new URL(openId.issuer).host },
    clerkWebhookSecret: read('CLERK_WEBHOOK_SECRET'),
    clerkTokens: together({ key: 'CLERK_JWT_KEY', issuer: 'CLERK_ISSUER' }),
  };
}

function isSafeUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname } = new URL(value);
  return protocol === 'https:' || (protocol === 'http:' && (hostname === 'localhost' || isLoopback(hostname.replace(/^\[|\]$/g, ''))));
}

function isRsaKey(pem: string): boolean {
  try {
    return createPublicKey(pem).asymmetricKeyType === 'rsa' && !pem.includes('PRIVATE');
  } catch {
    return false;
  }
}
