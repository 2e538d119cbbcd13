import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { describeSettings, loadConfig } from './config.server.ts';

const folder = mkdtempSync(join(tmpdir(), 'lyceum-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('with nothing set, the school listens on this machine alone and keeps its own secret', () => {
  const config = loadConfig({ DATA_DIR: folder });
  expect(config).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    origin: 'http://localhost:3000',
    databaseUrl: undefined,
    jobsInline: true,
  });
  expect(config.secret.length).toBeGreaterThanOrEqual(32);
  expect(loadConfig({ DATA_DIR: folder }).secret).toBe(config.secret);
  expect(readFileSync(join(folder, 'secret'), 'utf8').trim()).toBe(config.secret);
  expect(statSync(join(folder, 'secret')).mode & 0o077).toBe(0);
});

test('on a server of its own the school listens on every address', () => {
  expect(loadConfig({ DATA_DIR: folder, DATABASE_URL: 'postgresql://me:pw@db/school' }).host).toBe('0.0.0.0');
});

test.each([
  ['PORT', '70000', 'The setting PORT must be from 0 to 65535.'],
  ['SECRET', 'short', 'The setting SECRET must have 32 characters or more.'],
  ['DATABASE_URL', 'mysql://me:hunter2@db/school', 'The setting DATABASE_URL must be a URL that starts with postgres: or postgresql:.'],
  ['SMTP_URL', 'not a url', 'The setting SMTP_URL must be a URL that starts with smtp: or smtps:.'],
])('a wrong %s is named, its value is not', (name, value, message) => {
  expect(() => loadConfig({ DATA_DIR: folder, [name]: value })).toThrow(message);
});

test('the list of settings hides secrets', () => {
  const storage = 's3://key:hunter2@store.test/bucket';
  const rows = describeSettings({ DATABASE_URL: 'postgresql://me:hunter2@db/school', STORAGE_URL: storage, PORT: '4000' });
  expect(JSON.stringify(rows)).not.toContain('hunter2');
  expect(rows.find((row) => row.name === 'STORAGE_URL')).toMatchObject({ value: 's3://(hidden)@store.test/bucket' });
  expect(rows.find((row) => row.name === 'PORT')).toMatchObject({ value: '4000', source: 'environment or .env' });
});
