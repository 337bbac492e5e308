import type { Product } from '../../catalog/contract.ts';
import type { Home, ProductPage } from '../contract.ts';
import { html, money, type Html } from '../html.ts';
import { frame } from './frame.ts';

function card(product: Product): Html {
  return html`<li class="card">
    <h3><a href="/products/${product.id}">${product.name}</a></h3>
    <p class="soft">${product.category}</p>
    <p class="price">${money(product.priceCents)}</p>
  </li>`;
}

function grid(products: readonly Product[]): Html {
  return html`<ul class="grid">
    ${products.map(card)}
  </ul>`;
}

function recommended(title: string, products: readonly Product[]): Html {
  return products.length === 0
    ? html``
    : html`<section aria-label="${title}">
        <h2>${title}</h2>
        ${grid(products)}
      </section>`;
}

export function homePage(home: Home): string {
  return frame(
    'Good things for every day',
    html`${grid(home.featured)}${recommended('Picked for you', home.recommended)}`,
  );
}

export function searchPage({ query, products, total }: { query: string; products: Product[]; total: number }): string {
  const found = html`<p class="soft">
      ${total}
      ${total === 1 ? 'product' : 'products'}${total > products.length ? `, the first ${products.length} shown` : ''}
    </p>
    ${grid(products)}`;
  const nothing = html`<p>
    Nothing matches “${query}”. Try fewer or shorter words, for example <a href="/search?q=lamp">lamp</a>.
  </p>`;
  return frame(query === '' ? 'All products' : `Results for “${query}”`, total === 0 ? nothing : found, { query });
}

export function productPage({ product, available, recommended: others }: ProductPage): string {
  const stock = available === null ? 'Ask us about availability' : available > 0 ? 'In stock' : 'Sold out';
  const buy = html`<form class="buy" method="post" action="/basket/items">
    <input type="hidden" name="productId" value="${product.id}" />
    <div>
      <label for="quantity">Quantity</label
      ><input id="quantity" name="quantity" type="number" min="1" max="99" value="1" required />
    </div>
    <button>Add to cart</button>
  </form>`;
  return frame(
    product.name,
    html`<article class="card">
        <p>${product.description}</p>
        <p class="price">${money(product.priceCents)}</p>
        <p class="soft">${stock}</p>
        ${available === 0 ? undefined : buy}
      </article>
      ${recommended('Goes well with it', others)}`,
  );
}
