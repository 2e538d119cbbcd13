import { isTimeZone, localDate } from '#platform/time.ts';

/** A gift as its buyer sees it. */
export interface GiftView {
  id: string;
  orderNumber: string;
  title: string;
  /** Empty where it was given back. */
  code: string;
  /** `new`: nobody was named yet. `planned`: its mail goes out on a day. `revoked`: the money was given back. */
  state: 'new' | 'planned' | 'sent' | 'redeemed' | 'revoked';
  recipientName: string;
  recipientEmail: string;
  message: string;
  /** The day of its mail as a form has it, and in words. */
  deliverOn: string;
  dayInWords: string;
}

export interface GiftRow {
  id: string;
  orderNumber: string;
  title: string;
  code: string;
  recipientName: string;
  recipientEmail: string | null;
  message: string;
  deliverAt: Date | null;
  sentAt: Date | null;
  redeemedAt: Date | null;
  isOpen: boolean;
}

/** Of a query over gifts `g`, order items `i` and orders `o`; `isOpen` comes beside them. */
export const giftColumns = `
  g.id, o.order_number as "orderNumber", i.title, g.code, g.recipient_name as "recipientName", g.recipient_email as "recipientEmail", g.message,
  g.deliver_at as "deliverAt", g.sent_at as "sentAt", g.redeemed_at as "redeemedAt"`;

/** The gift in words of its buyer's calendar. */
export function giftView(row: GiftRow, { locale, timeZone }: { locale: string; timeZone: string }): GiftView {
  const zone = isTimeZone(timeZone) ? timeZone : 'UTC';
  const day = row.redeemedAt ?? row.sentAt ?? row.deliverAt;
  return {
    id: row.id,
    orderNumber: row.orderNumber,
    title: row.title,
    code: row.isOpen ? row.code : '',
    state: stateOf(row),
    recipientName: row.recipientName,
    recipientEmail: row.recipientEmail ?? '',
    message: row.message,
    deliverOn: row.deliverAt ? localDate(row.deliverAt, zone) : '',
    dayInWords: day ? day.toLocaleDateString(locale, { dateStyle: 'long', timeZone: zone }) : '',
  };
}

function stateOf({ isOpen, redeemedAt, sentAt, recipientEmail }: GiftRow): GiftView['state'] {
  if (!isOpen) return 'revoked';
  if (redeemedAt) return 'redeemed';
  if (sentAt) return 'sent';
  return recipientEmail ? 'planned' : 'new';
}
