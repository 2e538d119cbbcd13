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
  const { engine, close } = await openSchemaEngine(url);
  try {
    await engine.ensureConnectionValidity({ datasource: { tag: 'ConnectionString', url } });
  } catch (error) {
    // The CLI skips the first line and reads the rest as log records.
    const { message, error_code } = detailsOf(error);
    process.stderr.write(
      `\n${JSON.stringify({ level: 'ERROR', target: 'schema_engine::logger', fields: { message, error_code: error_code ?? 'P1001' } })}`,
    );
    process.exitCode = 1;
  } finally {
    await close();
  }
}

async function serve() {
  /** @type {[string, string][]} */
  const datamodels = (values.datamodels ?? []).map((path) => [path, readFileSync(path, 'utf8')]);
  const { engine, close } = await openSchemaEngine(url, datamodels.length > 0 ? datamodels : undefined);
  const methods = /** @type {Record<string, (params: unknown) => unknown>} */ (/** @type {unknown} */ (engine));
  /** @param {unknown} message */
  const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

  for await (const line of createInterface({ input: process.stdin })) {
    const { id, method, params } = JSON.parse(line);
    // What the CLI answers to our own messages needs no reply.
    if (!method) continue;
    try {
      const call = method === 'getDatabaseVersion' ? 'version' : method;
      const result = (await methods[call]?.(params ?? {})) ?? null;
      if (method === 'diff' && result)
        say({ jsonrpc: '2.0', id: `print-${id}`, method: 'print', params: { content: /** @type {{ stdout: string }} */ (result).stdout } });
      say({ jsonrpc: '2.0', id, result });
    } catch (error) {
      say({ jsonrpc: '2.0', id, error: { code: 4466, message: 'The schema engine refused', data: detailsOf(error) } });
    }
  }
  await close();
}

await (positionals.includes('can-connect-to-database') ? canConnect() : serve());
