/**
 * What a page of ours sends about a passkey. A form of another site can send no JSON, and a script of one may not: what is no JSON counts as
 * nothing, which the command refuses once it knows who asks.
 */
export async function readJson(request: Request): Promise<{ credential?: unknown; remember?: unknown }> {
  const isJson = request.headers.get('content-type')?.split(';')[0] === 'application/json';
  const body: unknown = isJson ? await request.json().catch(() => undefined) : undefined;
  return typeof body === 'object' && body !== null ? body : {};
}
