import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Config } from '../config.server.ts';
import { explainListenError } from './port-holder.server.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** Headers that only this file writes: they tell the framework the public address, which it cannot know behind plain http or a proxy. */
export const originHeaders = { protocol: 'x-lyceum-protocol', host: 'x-lyceum-host', address: 'x-lyceum-address' } as const;

export interface WebServer {
  port: number;
  /** Lets requests in flight finish, for 10 seconds at the most, and closes. */
  stop(): Promise<void>;
}

/** Listens and hands every request to the pages' handler with the school's own idea of its address. */
export async function listen(config: Config, handler: Handler): Promise<WebServer> {
  const server = createServer({ requestTimeout: 120_000, headersTimeout: 20_000, keepAliveTimeout: 65_000 }, (request, response) => {
    request.headers[originHeaders.protocol] = new URL(config.origin).protocol.slice(0, -1);
    request.headers[originHeaders.host] = config.originIsFixed ? new URL(config.origin).host : request.headers.host;
    request.headers[originHeaders.address] = clientAddress(request, config.trustedProxies);
    handler(request, response, () => response.writeHead(404).end());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(explainListenError(error, config.port, config.host)));
    server.listen(config.port, config.host, resolve);
  });
  const address = server.address();
  return { port: address && typeof address === 'object' ? address.port : config.port, stop: () => stopServer(server) };
}

/** The address of the person's machine: what the nearest trusted proxy saw, or the connection's own. */
function clientAddress(request: IncomingMessage, trustedProxies: number): string {
  const direct = request.socket.remoteAddress ?? '';
  if (trustedProxies === 0) return direct;
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  return forwarded.at(-trustedProxies) ?? direct;
}

async function stopServer(server: Server): Promise<void> {
  const graceMs = 10_000;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  const deadline = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(idle);
  clearTimeout(deadline);
}
