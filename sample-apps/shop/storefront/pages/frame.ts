import { html, type Html } from '../html.ts';
import { style } from './style.ts';

/** The frame of every page. */
export function frame(title: string, main: Html, options: { query?: string } = {}): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Corner Shop</title>
        ${style}
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        <header>
          <a class="brand" href="/">Corner Shop</a>
          <form action="/search" role="search">
            <label class="hidden" for="q">Search products</label
            ><input
              id="q"
              name="q"
              type="search"
              maxlength="100"
              placeholder="Search products"
              value="${options.query ?? ''}"
            /><button>Search</button>
          </form>
          <nav><a href="/cart">Cart</a></nav>
        </header>
        <main id="main">
          <h1>${title}</h1>
          ${main}
        </main>
        <footer>A sample shop for measuring. Nothing here is for sale.</footer>
      </body>
    </html>`.text;
}
