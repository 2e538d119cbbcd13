/**
 * The content security policy of everything at the packages' address. A package is somebody else's program: it may use itself, inline and evaluated scripts
 * too, because old authoring tools write them, and reaches nothing else. The folder ends with a slash, so that no other package is within it.
 */
export function packagePolicy(folder: string, school: string): string {
  const own = `${folder} data: blob:`;
  return [
    `default-src ${own} 'unsafe-inline' 'unsafe-eval'`,
    `frame-src ${own}`,
    `form-action ${folder}`,
    `base-uri ${folder}`,
    `frame-ancestors ${school} ${new URL(folder).origin}`,
    `sandbox ${packageFreedoms}`,
  ].join('; ');
}

/** What the frame of a package may do. Its origin is its own, so `allow-same-origin` is the packages' and not the school's; it never leads the page away. */
export const packageFreedoms = 'allow-scripts allow-same-origin allow-forms allow-modals allow-popups allow-downloads';
