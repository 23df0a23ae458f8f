import { expect, it } from 'vitest';
import { allowedNames } from './allowed-values.ts';
import { joinedLabels } from './joined-labels.ts';

const accepted = allowedNames(['Billing', 'Delivery', 'Praise, thanks', 'and/or']);

it.each([
  ['Billing, Delivery', ['Billing', 'Delivery']],
  ['Billing;Delivery', ['Billing', 'Delivery']],
  ['Billing\nDelivery', ['Billing', 'Delivery']],
  ['Billing & Delivery', ['Billing', 'Delivery']],
  ['Billing and Delivery', ['Billing', 'Delivery']],
  ['Billing / Delivery', ['Billing', 'Delivery']],
  ['Billing/and/or', ['Billing', 'and/or']],
  ['Billing, Praise, thanks, Delivery', ['Billing', 'Praise, thanks', 'Delivery']],
  ['Praise, thanks; Billing', ['Praise, thanks', 'Billing']],
  ['billing, DELIVERY', ['Billing', 'Delivery']],
  ["['Billing', 'Delivery']", ['Billing', 'Delivery']],
  ['["Billing", "Praise, thanks"]', ['Billing', 'Praise, thanks']],
  ["('Billing',)", ['Billing']],
  ["{'Billing', 'Delivery'}", ['Billing', 'Delivery']],
  ['[Billing, Delivery]', ['Billing', 'Delivery']],
  ['Billing, Delivry', ['Billing', 'Delivry']],
  ['Billing,', undefined],
  ['Refund, Delivry', undefined],
  ['It was fine, thank you', undefined],
  ['Billing', undefined],
  ['[]', undefined],
])('splits %j into labels', (text, labels) => {
  expect(joinedLabels(text, accepted)).toEqual(labels);
});
