import { fail, redirect } from '@sveltejs/kit';
import { changeShopSettings, parsePercent, type ShopSettings, shopSettingsPage } from '#features/commerce/index.server.ts';
import { refused, textOf } from '../../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';
import { type Section, sections } from './sections.ts';

export const load: PageServerLoad = ({ locals }) => shopSettingsPage(locals.ctx);

/** A section's boxes as settings. */
function settingsOf(section: Section, form: FormData): Partial<ShopSettings> {
  const text = (name: string) => textOf(form, name);
  const days = (name: string) => (/^\d+$/.test(text(name).trim()) ? Number(text(name)) : Number.NaN);
  const share = (name: string) => parsePercent(text(name)) ?? Number.NaN;
  switch (section) {
    case 'prices':
      return { currency: text('currency'), pricesIncludeTax: text('pricesIncludeTax') === 'yes' };
    case 'taxes':
      return { collectsEuVat: text('collectsEuVat') !== '', collectsIndiaGst: text('collectsIndiaGst') !== '' };
    case 'seller':
      return {
        sellerName: text('sellerName'),
        sellerAddress: text('sellerAddress'),
        sellerCountry: text('sellerCountry') || null,
        sellerRegion: text('sellerRegion'),
        sellerTaxId: text('sellerTaxId'),
        sellerEmail: text('sellerEmail').trim(),
        invoiceNote: text('invoiceNote'),
      };
    case 'bank':
      return { bankDetails: text('bankDetails') };
    case 'shares':
      return {
        shareOwnCouponBasisPoints: share('shareOwnCouponBasisPoints'),
        shareOrganicBasisPoints: share('shareOrganicBasisPoints'),
        shareAffiliateBasisPoints: share('shareAffiliateBasisPoints'),
        affiliateBasisPoints: share('affiliateBasisPoints'),
      };
    case 'days':
      return { refundDays: days('refundDays'), graceDays: days('graceDays') };
  }
}

export const actions = {
  save: async ({ locals, request }) => {
    const form = await request.formData();
    const section = sections.find((name) => name === textOf(form, 'section')) ?? 'prices';
    const typed = Object.fromEntries([...form.keys()].map((name) => [name, textOf(form, name)]));
    try {
      await changeShopSettings(locals.ctx, settingsOf(section, form));
    } catch (error) {
      const { status, data } = refused(error, typed);
      return fail(status, { ...data, section });
    }
    redirect(303, `/admin/shop#${section}`);
  },
} satisfies Actions;
