import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { serialize } from 'node:v8';
import type { FloorInput } from './floor-server.ts';

/** A process that does only the unavoidable part of the work. */
export interface Floor {
  url: string;
  close(): Promise<void>;
}

/** Starts a floor, to be measured in turns with the school itself. */
export async function openFloor(input: FloorInput, path: string): Promise<Floor> {
  const child = spawn(process.execPath, ['bench/floor-server.ts'], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(serialize(input));
  let text = '';
  for await (const chunk of child.stdout) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  return {
    url: `http://127.0.0.1:${text.trim()}${path}`,
    async close() {
      child.kill();
      await once(child, 'exit');
    },
  };
}
