#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { openSchemaEngine } from './schema-engine.js';

// Stands in for Prisma's schema engine, a binary that its CLI would download (see prisma.config.ts). Speaks its protocol:
// one JSON-RPC message a line on standard input and output, and the command `cli can-connect-to-database`.

const { values, positionals } = parseArgs({
  options: {
    datasource: { type: 'string' },
    datamodels: { type: 'string', multiple: true },
    'enabled-preview-features': { type: 'string' },
    'extension-types': { type: 'string' },
  },
  allowPositionals: true,
});

/** @type {{ url?: string }} */
const { url = '' } = JSON.parse(values.datasource ?? '{}');

/** @param {unknown} error */
function detailsOf(error) {
  const { message = String(error), code, meta } = /** @type {{ message?: string, code?: string, meta?: unknown }} */ (error);
  return { message, error_code: code, meta, is_panic: false };
}

async function canConnect() {
  try {
    // Opening connects.
    const { close } = await openSchemaEngine(url);
    await close();
  } catch (error) {
    // The CLI skips the first line and reads the rest as log records.
    const { message, error_code = 'P1001' } = detailsOf(error);
    process.stderr.write(`\n${JSON.stringify({ level: 'ERROR', target: 'schema_engine::logger', fields: { message, error_code } })}`);
    process.exitCode = 1;
  }
}

async function serve() {
  /** @type {[string, string][]} */
  const datamodels = (values.datamodels ?? []).map((path) => [path, readFileSync(path, 'utf8')]);
  /** @param {unknown} message */
  const say = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...Object(message) })}\n`);
  /** @type {Awaited<ReturnType<typeof openSchemaEngine>> | undefined} */
  let opened;

  for await (const line of createInterface({ input: process.stdin })) {
    const { id, method, params } = JSON.parse(line);
    // What the CLI answers to our own messages needs no reply.
    if (!method) continue;
    try {
      opened ??= await openSchemaEngine(url, datamodels.length > 0 ? datamodels : undefined);
      const methods = /** @type {Record<string, (params: unknown) => unknown>} */ (/** @type {unknown} */ (opened.engine));
      const result = (await methods[method === 'getDatabaseVersion' ? 'version' : method]?.(params ?? {})) ?? null;
      if (method === 'diff') say({ id: `print-${id}`, method: 'print', params: { content: Object(result).stdout } });
      say({ id, result });
    } catch (error) {
      say({ id, error: { code: 4466, message: 'The schema engine refused', data: detailsOf(error) } });
    }
  }
  await opened?.close();
}

await (positionals.includes('can-connect-to-database') ? canConnect() : serve());
