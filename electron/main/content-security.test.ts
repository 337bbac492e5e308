import { expect, test } from 'vitest';
import { contentSecurityPolicy, developmentPolicy } from './content-security.ts';

test('scripts come from the program itself, never inline and never evaluated', () => {
  const policy = contentSecurityPolicy();
  expect(policy).toMatch(/^default-src 'none';/);
  expect(policy).toContain("script-src 'self';");
  expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|https?:/);
});

test('while developing only the dev server is let in besides', () => {
  expect(developmentPolicy('http://localhost:5173')).toContain("connect-src 'self' ws://localhost:5173");
});
