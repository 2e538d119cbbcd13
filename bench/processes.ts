import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A server in a process of its own that prints its port as its first line. */
export interface FloorServer {
  url: string;
  stop(): Promise<void>;
}

/** Starts a floor's server with the page's bytes on its standard input. */
export async function startFloor(script: string, input: string | Uint8Array, environment: Record<string, string> = {}): Promise<FloorServer> {
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...environment } });
  child.stdin.end(input);
  const port = await firstLine(child);
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill();
      await once(child, 'exit');
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  return text.split('\n')[0] ?? '';
}
