import '../frame/frame.ts';
import { addToBasket, maxQuantity } from '../basket/basket.ts';
import { drawProduct } from '../catalogue/draw-product.ts';
import { formatPence } from '../catalogue/money.ts';
import { productCard } from '../catalogue/product-card.ts';
import { categoryNames, findColour, findProduct, products, type Colour, type Product } from '../catalogue/products.ts';
import { byId, make } from '../elements.ts';
import { formText } from '../form-text.ts';
import { watchStepper } from '../basket/quantity-stepper.ts';
import { watchTabs } from '../frame/tabs.ts';

const views = ['Whole', 'Close', 'Mirrored', 'On the shelf'] as const;

const product = findProduct(new URL(location.href).searchParams.get('id') ?? 'tarn-2');
if (product) showProduct(product);
else showMissing();

function showMissing(): void {
  byId('product', HTMLElement).hidden = true;
  byId('missing', HTMLElement).hidden = false;
  document.title = 'Not in the shop · Tarn & Gorse';
}

function showProduct(shown: Product): void {
  document.title = `${shown.name} · Tarn & Gorse`;
  byId('product', HTMLElement).dataset['category'] = shown.category;
  byId('crumb-name', HTMLLIElement).textContent = shown.name;
  const crumb = byId('crumb-category', HTMLAnchorElement);
  crumb.textContent = categoryNames[shown.category];
  crumb.search = `?category=${shown.category}`;
  byId('name', HTMLHeadingElement).textContent = shown.name;
  byId('line', HTMLParagraphElement).textContent = shown.line;
  byId('price', HTMLSpanElement).textContent = formatPence(shown.pence);
  byId('rating', HTMLSpanElement).textContent = `${shown.rating} · ${shown.reviews} reviews`;
  byId('stock', HTMLParagraphElement).textContent =
    shown.stock < 15 ? `${shown.stock} left in Kendal` : 'In stock, leaves Kendal today';
  byId('description', HTMLParagraphElement).textContent = shown.description;

  showChoices(shown);
  showGallery(shown, shown.colours[0]);
  showFacts(shown);
  watchTabs(byId('product-tabs', HTMLElement));
  const quantity = watchStepper(byId('quantity-stepper', HTMLElement), maxQuantity);

  const form = byId('buy-form', HTMLFormElement);
  const status = byId('added', HTMLParagraphElement);
  form.addEventListener('change', (event) => {
    if (event.target instanceof HTMLInputElement && event.target.name === 'colour') {
      showGallery(shown, findColour(shown, event.target.value));
    }
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const colour = findColour(shown, formText(form, 'colour')).name;
    addToBasket({ productId: shown.id, colour, choice: formText(form, 'choice'), quantity: quantity() });
    status.replaceChildren(
      `Added ${quantity()} × ${shown.name}. `,
      make('a', { href: `${import.meta.env.BASE_URL}basket.html` }, 'See your basket'),
    );
    status.hidden = false;
  });

  const related = products.filter((other) => other.category === shown.category && other !== shown);
  const others = products.filter((other) => other.category !== shown.category);
  byId('related', HTMLUListElement).append(...[...related, ...others].slice(0, 4).map(productCard));
}

function showChoices(shown: Product): void {
  byId('colours', HTMLDivElement).append(
    ...shown.colours.map((colour, index) =>
      make(
        'label',
        { class: 'swatch' },
        make('input', { type: 'radio', name: 'colour', value: colour.name, checked: index === 0 }),
        make('i', { style: `background:${colour.value}`, 'aria-hidden': 'true' }),
        make('span', {}, colour.name),
      ),
    ),
  );
  byId('choice-label', HTMLLabelElement).textContent = shown.choice.label;
  byId('choice', HTMLSelectElement).append(...shown.choice.values.map((value) => make('option', { value }, value)));
}

function showGallery(shown: Product, colour: Colour): void {
  const stage = byId('stage', HTMLDivElement);
  const thumbs = byId('thumbs', HTMLDivElement);
  const pressed = thumbs.querySelector('[aria-pressed="true"]')?.getAttribute('data-view') ?? 'Whole';
  const show = (view: string): void => {
    stage.dataset['view'] = view;
    stage.replaceChildren(drawProduct(shown, colour));
    for (const button of thumbs.children) {
      button.setAttribute('aria-pressed', String(button.getAttribute('data-view') === view));
    }
  };
  thumbs.replaceChildren(
    ...views.map((view) => {
      const drawing = drawProduct(shown, colour);
      drawing.setAttribute('aria-hidden', 'true');
      const button = make(
        'button',
        { type: 'button', class: 'picture', 'data-view': view, 'aria-label': view },
        drawing,
      );
      button.addEventListener('click', () => show(view));
      return button;
    }),
  );
  show(pressed);
}

function showFacts(shown: Product): void {
  const facts = [...shown.facts, ['Weight', `${shown.grams} g`] as const];
  byId('facts', HTMLTableSectionElement).append(
    ...facts.map(([name, value]) => make('tr', {}, make('th', { scope: 'row' }, name), make('td', {}, value))),
  );
}
