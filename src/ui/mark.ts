/** The school's mark as a piece of SVG, for pictures that are made on the server; on pages it is `logo.svelte`. */
export function markSvg({ x, y, size }: { x: number; y: number; size: number }): string {
  const [arch, gap] = ['#2b4296', '#fbf7f0'];
  return (
    `<svg x="${x}" y="${y}" width="${size}" height="${size}" viewBox="0 0 32 32">` +
    `<path fill="${arch}" d="M3 31V14a13 13 0 0 1 26 0v17z"/><path fill="${gap}" d="M8.2 31V14.6a7.8 7.8 0 0 1 15.6 0V31z"/>` +
    `<path fill="${arch}" d="M11.4 31V15.2a4.6 4.6 0 0 1 9.2 0V31z"/><path fill="${gap}" d="M15.2 31h1.6V16.4h-1.6z"/></svg>`
  );
}
