import type { Cart } from '../../cart/contract.ts';
import type { Order } from '../../orders/contract.ts';
import { html, money, type Html } from '../html.ts';
import { frame } from './frame.ts';

type Lines = Cart['lines'];

function linesTable(lines: Lines, totalCents: number, remove: boolean): Html {
  const button = (line: Lines[number]): Html =>
    html`<td>
      <form method="post" action="/basket/remove">
        <input type="hidden" name="productId" value="${line.productId}" /><button
          class="quiet"
          aria-label="Remove ${line.name}"
        >
          Remove
        </button>
      </form>
    </td>`;
  return html`<table>
    <thead>
      <tr>
        <th scope="col">Product</th>
        <th scope="col" class="number">Quantity</th>
        <th scope="col" class="number">Price</th>
        ${remove ? html`<th scope="col"><span class="hidden">Remove</span></th>` : undefined}
      </tr>
    </thead>
    <tbody>
      ${lines.map(
        (line) =>
          html`<tr>
            <td><a href="/products/${line.productId}">${line.name}</a></td>
            <td class="number">${line.quantity}</td>
            <td class="number">${money(line.unitCents * line.quantity)}</td>
            ${remove ? button(line) : undefined}
          </tr>`,
      )}
    </tbody>
    <tfoot>
      <tr>
        <th scope="row">Total</th>
        <td></td>
        <td class="number"><strong>${money(totalCents)}</strong></td>
        ${remove ? html`<td></td>` : undefined}
      </tr>
    </tfoot>
  </table>`;
}

export function cartPage(cart: Cart): string {
  if (cart.lines.length === 0)
    return frame('Your cart', html`<p>There is nothing in it yet. <a href="/">Look around</a>.</p>`);
  return frame(
    'Your cart',
    html`${linesTable(cart.lines, cart.totalCents, true)}
      <p><a class="button" href="/check-out">Check out</a></p>`,
  );
}

export function checkOutPage(cart: Cart, orderKey: string): string {
  if (cart.lines.length === 0) return cartPage(cart);
  return frame(
    'Check out',
    html`${linesTable(cart.lines, cart.totalCents, false)}
      <h2>Where to</h2>
      <form class="fields" method="post" action="/check-out">
        <input type="hidden" name="orderKey" value="${orderKey}" />
        <div>
          <label for="name">Name</label><input id="name" name="name" autocomplete="name" maxlength="100" required />
        </div>
        <div>
          <label for="email">E-mail</label
          ><input id="email" name="email" type="email" autocomplete="email" maxlength="200" required />
        </div>
        <div>
          <label for="address">Address</label
          ><textarea
            id="address"
            name="address"
            rows="3"
            maxlength="300"
            autocomplete="street-address"
            required
          ></textarea>
        </div>
        <div>
          <label for="card">Card number</label
          ><input
            id="card"
            name="card"
            inputmode="numeric"
            pattern="[0-9]{12,19}"
            title="12 to 19 digits"
            value="4242424242424242"
            required
          />
        </div>
        <div><button>Buy now</button></div>
      </form>`,
  );
}

const titles: Record<Order['status'], string> = {
  confirmed: 'Thank you, your order is confirmed',
  pending: 'Your order is being worked on',
  cancelled: 'Your order did not go through',
  rejected: 'Your order was declined',
};

export function orderPage(order: Order): string {
  return frame(
    titles[order.status],
    html`<p class="notice">
        Order <strong>${order.orderKey}</strong>, for ${order.customer.name}, ${order.customer.address}
      </p>
      ${linesTable(order.lines, order.totalCents, false)}
      <p><a href="/">Back to the shop</a></p>`,
  );
}

export function refusalPage(message: string): string {
  return frame(
    'That did not work',
    html`<p class="notice">${message}</p>
      <p><a href="/cart">Back to the cart</a></p>`,
  );
}
