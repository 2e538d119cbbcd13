import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { deserialize } from 'node:v8';
import { loadConfig } from '#platform/config.server.ts';
import { startRuntime } from '#platform/runtime.server.ts';

/**
 * A floor in a process of its own, as the school is. What to answer comes on standard input:
 * `bytes` is the page floor (plain `node:http`, the same bytes from memory);
 * `page` is the render floor (the framework makes the same page, but its query answers from memory and nobody asks the database).
 */
export type FloorInput = { kind: 'bytes'; body: string } | { kind: 'page'; answers: Answer[] };

/** What a function of a feature gives here at once, in place of asking the database. */
export interface Answer {
  feature: string;
  name: string;
  value: unknown;
}

type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

function answerBytes(body: string): Handler {
  const bytes = Buffer.from(body);
  return (_, response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'content-length': bytes.length });
    response.end(bytes);
  };
}

/** Puts constants in the place of what the page asks, before the built pages are loaded. */
async function renderPage({ answers }: FloorInput & { kind: 'page' }): Promise<Handler> {
  Object.assign(globalThis, { answers });
  const constants: Record<string, string> = {};
  for (const [index, { feature, name }] of answers.entries()) {
    const specifier = `#features/${feature}/index.server.ts`;
    constants[specifier] ??= `export * from ${JSON.stringify(import.meta.resolve(specifier))};`;
    constants[specifier] += ` export const ${name} = async () => globalThis.answers[${index}].value;`;
  }
  registerHooks({
    resolve: (specifier, context, next) => {
      const source = context.parentURL?.includes('/build/') ? constants[specifier] : undefined;
      return source === undefined
        ? next(specifier, context)
        : { url: `data:text/javascript,${encodeURIComponent(source)}`, shortCircuit: true };
    },
  });
  startRuntime({ ...loadConfig(), logLevel: 'silent' }, 'postgresql://nobody@127.0.0.1:1/none');
  process.env.SVELTEKIT_PROTOCOL_HEADER = 'x-floor-protocol';
  const { handler } = (await import(pathToFileURL('build/handler.js').href)) as { handler: Handler };
  return (request, response, next) => {
    request.headers['x-floor-protocol'] = 'http';
    handler(request, response, next);
  };
}

const chunks: Buffer[] = [];
for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
const input = deserialize(Buffer.concat(chunks)) as FloorInput;
const handler = input.kind === 'bytes' ? answerBytes(input.body) : await renderPage(input);
const server = createServer((request, response) => handler(request, response, () => response.writeHead(404).end()));
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address && typeof address === 'object') process.stdout.write(`${address.port}\n`);
});
