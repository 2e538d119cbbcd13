import { addressOf, asScript, type CoursePrice } from '#features/catalogue/index.server.ts';
import type { ProductPage } from './product-page.ts';

/** What the page of a bundle or membership says to machines: its one address, and what it offers in the words of schema.org (https://schema.org/Product). */
export function productSeo(product: ProductPage): { canonical: string; jsonLd: string | null } {
  const canonical = addressOf(`/products/${product.slug}`);
  if (!product.isSold) return { canonical, jsonLd: null };
  const prices = product.price ? [product.price] : product.plans.map(({ price }) => price);
  const thing = {
    '@context': 'https://schema.org',
    '@type': 'Product',
    '@id': canonical,
    url: canonical,
    name: product.title,
    description: product.summary || product.title,
    ...(product.cover ? { image: addressOf(product.cover.src) } : {}),
    offers: prices.map((price) => offerOf(price, canonical)),
  };
  return { canonical, jsonLd: asScript(thing) };
}

function offerOf({ amount, currency }: CoursePrice, url: string): object {
  return { '@type': 'Offer', url, price: amount, priceCurrency: currency, availability: 'https://schema.org/InStock' };
}
