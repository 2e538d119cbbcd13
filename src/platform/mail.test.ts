import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createTestDatabase, system, type TestDatabase } from '../../tests/support/database.ts';
import { startTestProcess, type TestProcess } from '../../tests/support/process.ts';
import { inTransaction } from './database/database.server.ts';
import { defineMail, type Mail, registerMails, sendMail } from './mail.server.ts';

let database: TestDatabase;
let school: TestProcess;
let wanted = true;

const greeting = defineMail({
  kind: 'test.greeting',
  schema: z.object({ name: z.string() }),
  subject: ({ name }) => `Hello ${name}`,
  text: ({ name }) => `Hello ${name}, in plain words.`,
  html: ({ name }) => `<p>Hello ${name}</p>`,
  stillWanted: async () => wanted,
  example: { name: 'Ada' },
});

beforeAll(async () => {
  database = await createTestDatabase({ actsAs: 'system' });
});
afterEach(() => school.close());
afterAll(() => database.drop());

function start(settings: Record<string, string> = {}): void {
  wanted = true;
  school = startTestProcess(database, settings);
  registerMails([greeting] as unknown as Mail<never>[]);
}

async function log(recipient: string): Promise<{ state: string; attempts: number; error: string | null }[]> {
  return (await database.owner.query('select state, attempts, error from email_messages where recipient = $1', [recipient])).rows;
}

/** A mail server that refuses the first mails and takes the others. */
async function mailServer(refusals: number): Promise<{ url: string; received: string[]; server: Server }> {
  const received: string[] = [];
  let left = refusals;
  const converse = (socket: Socket) => {
    let body: string | undefined;
    socket.setEncoding('utf8').write('220 ready\r\n');
    socket
      .on('error', () => undefined)
      .on('data', (chunk: string) => {
        if (body !== undefined) {
          body += chunk;
          if (!body.endsWith('\r\n.\r\n')) return;
          received.push(body);
          body = undefined;
          socket.write('250 taken\r\n');
        } else if (chunk.startsWith('RCPT') && left > 0) {
          left -= 1;
          socket.write('452 mailbox full\r\n');
        } else if (chunk.startsWith('DATA')) {
          body = '';
          socket.write('354 go on\r\n');
        } else if (chunk.startsWith('QUIT')) socket.end('221 bye\r\n');
        else socket.write('250 ok\r\n');
      });
  };
  const server = createServer(converse);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, received, server };
}

test('without a mail server a mail is kept where an admin reads it', async () => {
  start();
  await sendMail(database.context(system), greeting, 'kept@school.test', { name: 'Ada' });
  await school.runJobs();
  expect(await log('kept@school.test')).toEqual([{ state: 'SENT', attempts: 1, error: null }]);
  expect((await school.mailsTo('kept@school.test'))[0]).toMatchObject({ subject: 'Hello Ada', html: '<p>Hello Ada</p>' });
});

test('a mail of a transaction that fails is never sent', async () => {
  start();
  const attempt = inTransaction(database.context(system), async (ctx) => {
    await sendMail(ctx, greeting, 'undone@school.test', { name: 'Ada' });
    throw new Error('the rest went wrong');
  });
  await expect(attempt).rejects.toThrow('the rest went wrong');
  await school.runJobs();
  expect(await log('undone@school.test')).toEqual([]);
});

test('a mail that nobody wants anymore is not sent', async () => {
  start();
  await sendMail(database.context(system), greeting, 'unwanted@school.test', { name: 'Ada' });
  wanted = false;
  await school.runJobs();
  expect(await log('unwanted@school.test')).toEqual([]);
});

test('a mail that is refused is logged with the reason, tried again, and then arrives once', async () => {
  const smtp = await mailServer(1);
  start({ SMTP_URL: smtp.url });
  await sendMail(database.context(system), greeting, 'ada@school.test', { name: 'Ada' });
  const done = school.runJobs();
  await expect.poll(() => log('ada@school.test')).toMatchObject([{ state: 'FAILED', error: expect.stringContaining('452') }]);
  await done;
  smtp.server.close();
  expect(await log('ada@school.test')).toEqual([{ state: 'SENT', attempts: 2, error: null }]);
  expect(smtp.received).toHaveLength(1);
  expect(smtp.received[0]).toContain('Hello Ada, in plain words.');
});
