import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { serialize } from 'node:v8';
import type { FloorInput } from './floor-server.ts';
import { type Load, load } from './load.ts';

/** Measures a floor: what the same load gets from a process that does only the unavoidable part of the work. */
export async function floorOf(input: FloorInput, path: string, seconds: number): Promise<Load> {
  const child = spawn(process.execPath, ['bench/floor-server.ts'], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(serialize(input));
  let text = '';
  for await (const chunk of child.stdout) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  try {
    return await load({ url: `http://127.0.0.1:${text.trim()}${path}` }, seconds);
  } finally {
    child.kill();
    await once(child, 'exit');
  }
}
