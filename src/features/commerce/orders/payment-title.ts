const titles: Record<string, string> = { bank: 'Bank transfer', demo: 'Demo payment', stripe: 'Card or wallet' };

/** How people read a way to pay, also where the school does not offer it any more. */
export function paymentTitle(provider: string): string {
  return titles[provider] ?? provider;
}
