import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { messageOf, OperatorError } from './errors.ts';
import { type PaymentsConfig, paymentSettings, paymentsConfig } from './payment-settings.server.ts';
import { type SignInConfig, signInConfig, signInSettings } from './sign-in-settings.server.ts';
import { type StoragePlace, storagePlaceOf, storageUrlProblem } from './storage-place.ts';

interface Setting {
  about: string;
  schema: z.ZodType<unknown, string | undefined>;
  /** What holds when the variable is unset, in words. */
  byDefault: string;
  /** Whether its value is never shown; or the part of it that is not. */
  secret?: boolean | RegExp;
}

const text = z.string().min(1).optional();
const url = (protocols: string[]) =>
  text.refine(
    (value) => value === undefined || (URL.canParse(value) && protocols.includes(new URL(value).protocol)),
    `must be a URL that starts with ${protocols.join(' or ')}`,
  );
const wholeNumber = (minimum: number, maximum: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, `must be from ${minimum} to ${maximum}`)
    .optional();

/** Every setting there is: `lyceum config` prints this table, `.env.example` is generated from it. */
export const settings = {
  PORT: { about: 'TCP port to listen on', schema: wholeNumber(0, 65535), byDefault: '3000' },
  HOST: { about: 'Address to listen on', schema: text, byDefault: '127.0.0.1 on the embedded database, 0.0.0.0 otherwise' },
  ORIGIN: {
    about: 'Public address of the school, for links in mails and checks of forms',
    schema: url(['http:', 'https:']),
    byDefault: 'http://localhost:PORT',
  },
  PACKAGES_ORIGIN: {
    about: 'Second address of the same server, on which packages play apart from the school; another name than ORIGIN’s',
    schema: url(['http:', 'https:']),
    byDefault: '127.0.0.1 where the school is at localhost, and the other way round; otherwise none: packages do not play',
  },
  DATA_DIR: { about: 'Folder of the embedded database, uploads and the made secret', schema: text, byDefault: './data' },
  DATABASE_URL: {
    about: 'PostgreSQL 15 or newer, as the role that owns the tables',
    schema: url(['postgres:', 'postgresql:']),
    byDefault: 'an embedded PostgreSQL in DATA_DIR',
    secret: true,
  },
  DATABASE_APP_URL: {
    about: 'The same database as the weaker role of the application, where the owner may not create roles',
    schema: url(['postgres:', 'postgresql:']),
    byDefault: 'a role made by the migration',
    secret: true,
  },
  DATABASE_POOL_SIZE: { about: 'Connections each process holds at the most', schema: wholeNumber(2, 500), byDefault: '10' },
  SECRET: {
    about: 'Key of cookies and signatures, 32 characters or more',
    schema: z.string().min(32, 'must have 32 characters or more').optional(),
    byDefault: 'made once and kept in DATA_DIR',
    secret: true,
  },
  SMTP_URL: {
    about: 'Mail server, as smtp://user:password@host:port',
    schema: url(['smtp:', 'smtps:']),
    byDefault: 'none: mails wait in the mailbox at /admin/mail',
    secret: true,
  },
  MAIL_FROM: { about: 'Sender of the school’s mails', schema: text, byDefault: 'Lyceum <school@localhost>' },
  STORAGE_URL: {
    about: 'Where uploads are kept, as file:///folder or s3://key:secret@host/bucket?region=eu-central-1 (tls=off for plain http)',
    schema: text.superRefine((value, check) => {
      const problem = value === undefined ? undefined : storageUrlProblem(value);
      if (problem) check.addIssue(problem);
    }),
    byDefault: 'files in DATA_DIR',
    secret: /(?<=:\/\/)[^@/]*(?=@)/,
  },
  UPLOAD_LARGEST_BYTES: {
    about: 'Size of the largest film or package that is taken, in bytes',
    schema: wholeNumber(1024 ** 2, 2 ** 43),
    byDefault: '21474836480 (20 GB)',
  },
  UPLOAD_QUOTA_BYTES: {
    about: 'Room for the files of each instructor, in bytes; admins have all there is',
    schema: wholeNumber(1024 ** 2, 2 ** 50),
    byDefault: '214748364800 (200 GB)',
  },
  FFMPEG_PATH: {
    about: 'Program ffmpeg, which makes films in several sizes and their posters',
    schema: text,
    byDefault: 'ffmpeg on the PATH; without it, films play as they were uploaded',
  },
  LOG_LEVEL: {
    about: 'Least level that is logged: debug, info, warn, error',
    schema: z.enum(['debug', 'info', 'warn', 'error', 'silent']).optional(),
    byDefault: 'info',
  },
  TRUST_PROXY: {
    about: 'Number of reverse proxies in front whose X-Forwarded-For is believed',
    schema: wholeNumber(0, 10),
    byDefault: '0',
  },
  JOBS: {
    about: 'Whether the web process also runs jobs: inline or separate',
    schema: z.enum(['inline', 'separate']).optional(),
    byDefault: 'inline',
  },
  ...signInSettings,
  ...paymentSettings,
} satisfies Record<string, Setting>;

export type SettingName = keyof typeof settings;

export interface Config {
  port: number;
  host: string;
  origin: string;
  /** Whether ORIGIN was set, so that it decides over the Host header. */
  originIsFixed: boolean;
  /** Where packages play, where it was set. */
  packagesOrigin: string | undefined;
  dataDir: string;
  databaseUrl: string | undefined;
  databaseAppUrl: string | undefined;
  databasePoolSize: number;
  secret: string;
  smtpUrl: string | undefined;
  mailFrom: string;
  storage: StoragePlace;
  ffmpegPath: string | undefined;
  /** A folder of this machine for what is only there while somebody works with it. */
  scratchDir: string;
  uploads: {
    /** Where bytes wait until their upload is whole. */
    folder: string;
    largestBytes: number;
    quotaBytes: number;
  };
  logLevel: string;
  trustedProxies: number;
  jobsInline: boolean;
  /** Who vouches for people beside the school itself. */
  signIn: SignInConfig;
  /** Who takes money for the school. */
  payments: PaymentsConfig;
}

type Environment = Record<string, string | undefined>;

/** Reads `.env` of the working folder beneath the real environment, which wins. */
export function readEnvironment(): Environment {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}

function parse<Name extends SettingName>(env: Environment, name: Name): z.output<(typeof settings)[Name]['schema']> {
  const given = env[name]?.trim();
  const result = settings[name].schema.safeParse(given === '' ? undefined : given);
  if (!result.success) throw new OperatorError(`The setting ${name} ${result.error.issues[0]?.message ?? 'is not valid'}.`);
  return result.data as z.output<(typeof settings)[Name]['schema']>;
}

/** What another program that the school starts may know of the environment: where programs and their libraries are, and none of the school's settings. */
export function toolEnvironment(): Record<string, string> {
  const names = ['PATH', 'LD_LIBRARY_PATH', 'SystemRoot'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}

/** The settings of this process. Throws an OperatorError that names the variable, never its value. */
export function loadConfig(env: Environment = readEnvironment()): Config {
  for (const name of Object.keys(settings) as SettingName[]) parse(env, name);
  const dataDir = resolve(parse(env, 'DATA_DIR') ?? 'data');
  const databaseUrl = parse(env, 'DATABASE_URL');
  const port = parse(env, 'PORT') ?? 3000;
  const origin = parse(env, 'ORIGIN');
  const storageUrl = parse(env, 'STORAGE_URL');
  return {
    port,
    host: parse(env, 'HOST') ?? (databaseUrl ? '0.0.0.0' : '127.0.0.1'),
    origin: origin ? new URL(origin).origin : `http://localhost:${port}`,
    originIsFixed: origin !== undefined,
    packagesOrigin: packagesOrigin(origin, parse(env, 'PACKAGES_ORIGIN')),
    dataDir,
    databaseUrl,
    databaseAppUrl: parse(env, 'DATABASE_APP_URL'),
    databasePoolSize: parse(env, 'DATABASE_POOL_SIZE') ?? 10,
    secret: parse(env, 'SECRET') ?? keptSecret(dataDir),
    smtpUrl: parse(env, 'SMTP_URL'),
    mailFrom: parse(env, 'MAIL_FROM') ?? 'Lyceum <school@localhost>',
    storage: storageUrl ? storagePlaceOf(storageUrl) : { kind: 'folder', folder: join(dataDir, 'files') },
    scratchDir: join(dataDir, 'scratch'),
    uploads: {
      folder: join(dataDir, 'uploads-in-progress'),
      largestBytes: parse(env, 'UPLOAD_LARGEST_BYTES') ?? 20 * 1024 ** 3,
      quotaBytes: parse(env, 'UPLOAD_QUOTA_BYTES') ?? 200 * 1024 ** 3,
    },
    ffmpegPath: parse(env, 'FFMPEG_PATH'),
    logLevel: parse(env, 'LOG_LEVEL') ?? (process.stdout.isTTY ? 'warn' : 'info'),
    trustedProxies: parse(env, 'TRUST_PROXY') ?? 0,
    jobsInline: (parse(env, 'JOBS') ?? 'inline') === 'inline',
    signIn: signInConfig((name) => parse(env, name)),
    payments: paymentsConfig((name) => parse(env, name)),
  };
}

/** Cookies know no ports: another port of the school's name would be no wall. */
function packagesOrigin(origin: string | undefined, packages: string | undefined): string | undefined {
  if (packages === undefined) return undefined;
  if (new URL(packages).hostname === new URL(origin ?? 'http://localhost').hostname)
    throw new OperatorError('The setting PACKAGES_ORIGIN must have another host name than ORIGIN.');
  if (new URL(packages).protocol !== new URL(origin ?? 'http://localhost').protocol)
    throw new OperatorError('The setting PACKAGES_ORIGIN must begin as ORIGIN does: http or https.');
  return new URL(packages).origin;
}

function keptSecret(dataDir: string): string {
  const file = join(dataDir, 'secret');
  try {
    if (existsSync(file)) return readFileSync(file, 'utf8').trim();
    mkdirSync(dataDir, { recursive: true });
    const secret = randomBytes(32).toString('base64url');
    writeFileSync(file, `${secret}\n`, { mode: 0o600, flag: 'wx' });
    return secret;
  } catch (error) {
    throw new OperatorError(`The data directory ${dataDir} cannot be written (${messageOf(error)}). Choose another with DATA_DIR.`, {
      cause: error,
    });
  }
}

/** One line per setting for `lyceum config`: a secret's value is never shown. */
export function describeSettings(
  env: Environment = readEnvironment(),
): { name: string; about: string; byDefault: string; value: string; source: string }[] {
  return (Object.entries(settings) as [SettingName, Setting][]).map(([name, setting]) => {
    const given = env[name];
    const shown = (value: string) => (setting.secret instanceof RegExp ? value.replace(setting.secret, '(hidden)') : value);
    const value = given === undefined || given === '' ? setting.byDefault : setting.secret === true ? '(set, hidden)' : shown(given);
    return { name, about: setting.about, byDefault: setting.byDefault, value, source: given ? 'environment or .env' : 'default' };
  });
}
