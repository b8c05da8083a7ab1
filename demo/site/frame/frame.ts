/** What every page does: the menu on small screens, the current page in the navigation, the basket's count. */
import { countItems, onBasketChange, readBasket } from '../basket/basket.ts';
import { byId } from '../elements.ts';

markCurrentPage();
openMenuOnRequest();
showBasketCount();
onBasketChange(showBasketCount);
// A page restored by the Back button has the count of when it was left.
addEventListener('pageshow', showBasketCount);

function markCurrentPage(): void {
  const here = location.pathname.replace(/\/$/, '/index.html');
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.site-nav a, .site-tools a')) {
    if (link.pathname === here) link.setAttribute('aria-current', 'page');
  }
}

function openMenuOnRequest(): void {
  const button = byId('menu-button', HTMLButtonElement);
  const open = (isOpen: boolean): void => {
    button.setAttribute('aria-expanded', String(isOpen));
    document.documentElement.classList.toggle('menu-open', isOpen);
  };
  button.addEventListener('click', () => open(button.getAttribute('aria-expanded') !== 'true'));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && button.getAttribute('aria-expanded') === 'true') {
      open(false);
      button.focus();
    }
  });
}

function showBasketCount(): void {
  const count = countItems(readBasket());
  const badge = byId('basket-count', HTMLSpanElement);
  badge.textContent = String(count);
  badge.hidden = count === 0;
  byId('basket-link', HTMLAnchorElement).setAttribute(
    'aria-label',
    count === 1 ? 'Basket, 1 item' : `Basket, ${count} items`,
  );
}
