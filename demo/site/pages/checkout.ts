import '../frame/frame.ts';
import { emptyBasket, readBasket, sumPence } from '../basket/basket.ts';
import { deliveryNames, deliveryPence, toDelivery } from '../basket/delivery.ts';
import { drawProduct } from '../catalogue/draw-product.ts';
import { formatPence } from '../catalogue/money.ts';
import { findColour } from '../catalogue/products.ts';
import { groupCardNumber, isCardNumber, isExpiryAhead, shortenCardNumber } from '../checkout/card.ts';
import { checkForm, recheckOnInput, required, type Check } from '../checkout/check-form.ts';
import { byId, make } from '../elements.ts';
import { formText } from '../form-text.ts';

const basket = readBasket();
const form = byId('checkout-form', HTMLFormElement);
const steps = [byId('step-details', HTMLElement), byId('step-review', HTMLElement), byId('step-done', HTMLElement)];

const ukPostcode = /^[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}$/i;

const checks: Record<string, Check> = {
  email: (value) => (/^\S+@\S+\.\S+$/.test(value) ? '' : 'Enter an e-mail address, like ada@example.com.'),
  tel: (value) =>
    value === '' || /^[+\d][\d\s()-]{6,}$/.test(value) ? '' : 'Enter a phone number, or leave it empty.',
  'given-name': required('Enter your first name.'),
  'family-name': required('Enter your last name.'),
  'address-line1': required('Enter the street and number.'),
  city: required('Enter the town or city.'),
  postcode: (value) => (ukPostcode.test(value) || country() !== 'GB' ? '' : 'Enter a postcode, like LA9 5AF.'),
  'cc-name': required('Enter the name on the card.'),
  'cc-number': (value) => (isCardNumber(value) ? '' : 'That card number has a digit wrong or missing.'),
  'cc-exp': (value) => (isExpiryAhead(value, new Date()) ? '' : 'Enter an expiry date ahead of us, as MM/YY.'),
  'cc-csc': (value) => (/^\d{3,4}$/.test(value) ? '' : 'Enter the three or four digits of the security code.'),
  'billing-line1': required('Enter the street of the billing address.'),
  'billing-city': required('Enter the town of the billing address.'),
  'billing-postcode': required('Enter the postcode of the billing address.'),
};

showSummary();
showBilling();
recheckOnInput(form, checks);

form.addEventListener('change', () => {
  showSummary();
  showBilling();
});
const cardNumber = byId('cc-number', HTMLInputElement);
cardNumber.addEventListener('input', () => {
  // Regrouping would throw the caret to the end of a number that is being corrected in the middle.
  if (cardNumber.selectionStart === cardNumber.value.length) cardNumber.value = groupCardNumber(cardNumber.value);
});

form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (!checkForm(form, checks, byId('problems', HTMLDivElement))) return;
  showReview();
  goTo(1);
});
byId('change-details', HTMLButtonElement).addEventListener('click', () => goTo(0));
byId('order-form', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  byId('order-number', HTMLElement).textContent = `TG-${String(Date.now()).slice(-6)}`;
  byId('confirm-email', HTMLElement).textContent = value('email');
  emptyBasket();
  byId('summary', HTMLElement).hidden = true;
  goTo(2);
});

function goTo(index: number): void {
  for (const [position, step] of steps.entries()) step.hidden = position !== index;
  for (const [position, item] of [...byId('progress', HTMLOListElement).children].entries()) {
    if (position === index) item.setAttribute('aria-current', 'step');
    else item.removeAttribute('aria-current');
  }
  steps[index]?.querySelector<HTMLElement>('h2')?.focus();
  scrollTo({ top: 0 });
}

function showSummary(): void {
  const goods = sumPence(basket);
  const delivery = deliveryPence(toDelivery(value('delivery')), goods);
  byId('summary-lines', HTMLUListElement).replaceChildren(
    ...basket.map((line) =>
      make(
        'li',
        { class: 'line small-line', 'data-category': line.product.category },
        make('div', { class: 'picture' }, drawProduct(line.product, findColour(line.product, line.colour))),
        make(
          'div',
          {},
          make('b', {}, `${line.quantity} × ${line.product.name}`),
          make('p', {}, `${line.colour} · ${line.choice}`),
        ),
        make('span', { class: 'money number' }, formatPence(line.pence)),
      ),
    ),
  );
  byId('summary-empty', HTMLParagraphElement).hidden = basket.length > 0;
  byId('goods-sum', HTMLElement).textContent = formatPence(goods);
  byId('delivery-sum', HTMLElement).textContent = delivery === 0 ? 'Free' : formatPence(delivery);
  byId('total-sum', HTMLElement).textContent = formatPence(goods + delivery);
}

function showBilling(): void {
  const fields = byId('billing-fields', HTMLFieldSetElement);
  fields.hidden = fields.disabled = byId('same-address', HTMLInputElement).checked;
}

function showReview(): void {
  const delivery = toDelivery(value('delivery'));
  const rows: Array<[string, string]> = [
    ['Contact', [value('email'), value('tel')].filter(Boolean).join(', ')],
    [
      'Deliver to',
      [
        `${value('given-name')} ${value('family-name')}`,
        value('address-line1'),
        value('address-line2'),
        value('city'),
        value('postcode'),
      ]
        .filter(Boolean)
        .join(', '),
    ],
    ['Delivery', deliveryNames[delivery]],
    ['Card', shortenCardNumber(value('cc-number'))],
    [
      'Bill to',
      byId('same-address', HTMLInputElement).checked
        ? 'The same address'
        : `${value('billing-line1')}, ${value('billing-city')}, ${value('billing-postcode')}`,
    ],
    ['Note', value('note') || 'None'],
  ];
  byId('review', HTMLDListElement).replaceChildren(
    ...rows.flatMap(([name, text]) => [make('dt', {}, name), make('dd', {}, text)]),
  );
}

function value(name: string): string {
  return formText(form, name);
}

function country(): string {
  return value('country');
}
