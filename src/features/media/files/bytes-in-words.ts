const units = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;

/** A size as a person says it: "3.4 MB". */
export function bytesInWords(bytes: number): string {
  const step = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log(bytes) / Math.log(1024)));
  const amount = bytes / 1024 ** step;
  return `${step === 0 || amount >= 100 ? Math.round(amount) : Number(amount.toFixed(1))} ${units[step]}`;
}
