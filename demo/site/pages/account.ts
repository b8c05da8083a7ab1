import '../frame/frame.ts';
import { byId } from '../elements.ts';
import { requireLogin, signOut } from '../customer/login.ts';

const email = requireLogin();
byId('account-email', HTMLElement).textContent = email;

byId('sign-out', HTMLButtonElement).addEventListener('click', () => {
  signOut();
  location.assign(`${import.meta.env.BASE_URL}account/login.html`);
});

const table = byId('orders', HTMLTableElement);
byId('order-filter', HTMLSelectElement).addEventListener('change', (event) => {
  const wanted = event.target instanceof HTMLSelectElement ? event.target.value : 'all';
  for (const row of table.tBodies[0]?.rows ?? []) row.hidden = wanted !== 'all' && row.dataset['state'] !== wanted;
});
