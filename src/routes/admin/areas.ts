/** The areas of the administration, for the tabs and the overview. */
export const adminAreas = [
  { href: '/admin/users', label: 'People', about: 'Everyone who has an account: roles, bans, acting as somebody, import and export.' },
  { href: '/admin/applications', label: 'Applications', about: 'Students who ask to teach, waiting for your answer.' },
  { href: '/admin/orders', label: 'Orders', about: 'What was bought, by whom: refunds, transfers that have come, receipts, disputes.' },
  { href: '/admin/coupons', label: 'Coupons', about: 'Codes that lower prices: what they cover, how often they are used.' },
  { href: '/admin/payouts', label: 'Payouts', about: 'What those who teach are owed at the end of a month, and what was sent to them.' },
  {
    href: '/admin/reports',
    label: 'Reports',
    about: 'What was sold, given back and taxed: by day, product, instructor, channel and country.',
  },
  { href: '/admin/alarms', label: 'Alarms', about: 'Money that does not match: payments, disputes, books that do not agree.' },
  { href: '/admin/taxes', label: 'Taxes', about: 'What is taken in which country, from which day, on which products.' },
  { href: '/admin/shop', label: 'Shop', about: 'Currency, seller, bank details, the shares of instructors.' },
  { href: '/admin/mail', label: 'Mail', about: 'Every mail that the school has written, and whether it went out.' },
  { href: '/admin/audit', label: 'Audit log', about: 'What staff did, in a chain that shows every gap.' },
] as const;
