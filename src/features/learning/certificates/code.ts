const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const groups = /^(.{4})(.{4})(.{4})$/;

/**
 * The code of a certificate, `LYC-7K3M-9PXA-20QD`, from what somebody typed: dashes, spaces, case and the letters that Crockford's base32 leaves out because
 * they look like others (O, I, L, U) may be as they like. Null for what cannot be one.
 */
export function certificateCode(typed: string): string | null {
  const plain = typed.toUpperCase().replace(/[\s\p{Pd}_.]/gu, '');
  const body = plain.length === 15 && /^[L1I]YC/.test(plain) ? plain.slice(3) : plain;
  const read = body.replaceAll('O', '0').replace(/[IL]/g, '1').replaceAll('U', 'V');
  return read.length === 12 && [...read].every((sign) => signs.includes(sign)) ? `LYC-${read.replace(groups, '$1-$2-$3')}` : null;
}
