import { encode } from 'uqr';

/** A QR code as a square of `size` modules a side; `path` draws the dark ones. */
export interface QrCode {
  size: number;
  path: string;
}

/** The QR code of an address, without an edge: it stands on white. */
export function qrCode(address: string): QrCode {
  const { size, data } = encode(address, { border: 0, ecc: 'M' });
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { size, path: dark.join('') };
}
