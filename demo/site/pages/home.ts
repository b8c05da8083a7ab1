import '../frame/frame.ts';
import { productCard } from '../catalogue/product-card.ts';
import { products } from '../catalogue/products.ts';
import { byId, make } from '../elements.ts';

byId('new-goods', HTMLUListElement).append(
  ...products
    .filter((product) => product.isNew)
    .slice(0, 4)
    .map(productCard),
);

const letter = byId('letter-form', HTMLFormElement);
letter.addEventListener('submit', (event) => {
  event.preventDefault();
  letter.replaceWith(
    make('p', { class: 'notice good', role: 'status' }, 'Thank you. The next letter goes out on the first Sunday.'),
  );
});
