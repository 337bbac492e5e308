import { html } from '../html.ts';

export const style = html`<style>
  :root {
    --ink: #1d2433;
    --soft: #5b6478;
    --paper: #f7f6f2;
    --card: #fff;
    --line: #dfdcd2;
    --accent: #0f6b5c;
    --onaccent: #fff;
  }
  @media (prefers-color-scheme: dark) {
    :root {
      --ink: #e9ebf0;
      --soft: #a3acbf;
      --paper: #14171d;
      --card: #1d222b;
      --line: #333a47;
      --accent: #5cc7b2;
      --onaccent: #10211d;
    }
  }
  * {
    box-sizing: border-box;
  }
  body {
    margin: 0;
    font:
      16px/1.5 system-ui,
      sans-serif;
    color: var(--ink);
    background: var(--paper);
  }
  header {
    display: flex;
    gap: 1rem;
    align-items: center;
    flex-wrap: wrap;
    padding: 0.75rem 1.5rem;
    background: var(--card);
    border-bottom: 1px solid var(--line);
  }
  header form {
    display: flex;
    gap: 0.5rem;
    flex: 1;
    min-width: 14rem;
  }
  .brand {
    font-weight: 700;
    font-size: 1.2rem;
    text-decoration: none;
    color: var(--ink);
  }
  main {
    max-width: 64rem;
    margin: 0 auto;
    padding: 1.5rem;
  }
  footer {
    padding: 2rem 1.5rem;
    text-align: center;
    color: var(--soft);
    font-size: 0.9rem;
  }
  a {
    color: var(--accent);
  }
  h1 {
    font-size: 1.6rem;
    margin: 0.2rem 0 1rem;
  }
  h2 {
    font-size: 1.15rem;
    margin: 2rem 0 0.75rem;
  }
  .grid {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr));
    gap: 1rem;
    padding: 0;
    margin: 0;
    list-style: none;
  }
  .card {
    background: var(--card);
    border: 1px solid var(--line);
    border-radius: 0.6rem;
    padding: 1rem;
  }
  .card h3 {
    font-size: 1rem;
    margin: 0 0 0.25rem;
  }
  .soft {
    color: var(--soft);
    margin: 0;
  }
  .price {
    font-weight: 600;
    margin: 0.4rem 0 0;
  }
  .notice {
    border-left: 4px solid var(--accent);
    padding: 0.5rem 1rem;
    background: var(--card);
  }
  input,
  textarea {
    font: inherit;
    color: inherit;
    background: var(--paper);
    border: 1px solid var(--line);
    border-radius: 0.4rem;
    padding: 0.5rem 0.6rem;
    width: 100%;
  }
  button,
  .button {
    font: inherit;
    font-weight: 600;
    display: inline-block;
    color: var(--onaccent);
    background: var(--accent);
    border: 0;
    border-radius: 0.4rem;
    padding: 0.5rem 1rem;
    cursor: pointer;
    text-decoration: none;
  }
  button.quiet {
    background: none;
    color: var(--accent);
    padding: 0.25rem 0.5rem;
  }
  :focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    background: var(--card);
    border: 1px solid var(--line);
  }
  th,
  td {
    text-align: left;
    padding: 0.6rem 0.75rem;
    border-bottom: 1px solid var(--line);
  }
  td.number,
  th.number {
    text-align: right;
    font-variant-numeric: tabular-nums;
  }
  .fields {
    display: grid;
    gap: 0.9rem;
    max-width: 28rem;
  }
  .buy {
    display: flex;
    gap: 0.5rem;
    align-items: end;
    margin-top: 1rem;
  }
  .buy input {
    width: 5rem;
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  .skip {
    position: absolute;
    left: -99rem;
  }
  .skip:focus {
    left: 1rem;
    top: 1rem;
    background: var(--card);
    padding: 0.5rem;
  }
</style>`;
