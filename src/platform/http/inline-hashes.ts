import { createHash } from 'node:crypto';

/**
 * A page whose inline scripts and styles are allowed by their hashes in place of a nonce, which would have to differ with every answer. Source:
 * Content Security Policy Level 3, section 2.3.1 (hash sources).
 */
export function withHashes(html: string, policy: string): { body: string; policy: string } {
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
  if (!nonce) return { body: html, policy };
  const hashes = { 'script-src': new Set<string>(), 'style-src': new Set<string>() };
  const inline = new RegExp(`<(script|style)\\b(?![^>]*\\ssrc=)[^>]* nonce="${escapeForPattern(nonce)}"[^>]*>([\\s\\S]*?)</\\1>`, 'g');
  for (const [, name, content = ''] of html.matchAll(inline)) {
    hashes[name === 'script' ? 'script-src' : 'style-src'].add(`'sha256-${createHash('sha256').update(content).digest('base64')}'`);
  }
  const body = html.replaceAll(` nonce="${nonce}"`, '');
  const allowed = policy
    .split(';')
    .map((directive) => {
      const name = directive.trim().split(' ', 1)[0];
      const own = name === 'script-src' || name === 'style-src' ? [...hashes[name]] : [];
      return directive.replace(` 'nonce-${nonce}'`, own.map((hash) => ` ${hash}`).join(''));
    })
    .join(';');
  return { body, policy: allowed };
}

function escapeForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
