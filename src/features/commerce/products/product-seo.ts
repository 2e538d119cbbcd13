import { addressOf, asScript, type CoursePrice } from '#features/catalogue/index.server.ts';
import type { ProductPage } from './product-page.ts';

/** What the page of a bundle or membership says to machines: its one address, its picture, and what it offers in the words of schema.org (https://schema.org/Product). */
export function productSeo(product: ProductPage): { canonical: string; image: string | null; jsonLd: string | null } {
  const canonical = addressOf(`/products/${product.slug}`);
  const image = product.cover && addressOf(product.cover.src);
  if (!product.isSold) return { canonical, image, jsonLd: null };
  const prices = product.price ? [product.price] : product.plans.map(({ price }) => price);
  const thing = {
    '@context': 'https://schema.org',
    '@type': 'Product',
    '@id': canonical,
    url: canonical,
    name: product.title,
    description: product.summary || product.title,
    ...(image ? { image } : {}),
    offers: prices.map((price) => offerOf(price, canonical)),
  };
  return { canonical, image, jsonLd: asScript(thing) };
}

function offerOf({ amount, currency }: CoursePrice, url: string): object {
  return { '@type': 'Offer', url, price: amount, priceCurrency: currency, availability: 'https://schema.org/InStock' };
}
