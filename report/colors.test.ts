import { expect, test } from 'vitest';
import {
  colorVariables,
  variantColor,
  variantDash,
  variantDashes,
  variantInk,
  variantMarker,
  variantMarkers,
  variantPalette,
  verdictPalette,
} from './colors.ts';

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((left, right) => right - left);
  return (light + 0.05) / (dark + 0.05);
}

const papers = { light: '#ffffff', dark: '#14181f' } as const;

test.each(['light', 'dark'] as const)('every variant is seen on %s paper, and told apart from the others', (scheme) => {
  const palette = variantPalette[scheme];
  expect(new Set(palette).size).toBe(8);
  for (const color of palette) expect(contrast(color, papers[scheme])).toBeGreaterThanOrEqual(4.5);
});

test.each(['light', 'dark'] as const)('verdicts can be read on %s paper', (scheme) => {
  for (const color of Object.values(verdictPalette[scheme]))
    expect(contrast(color, papers[scheme])).toBeGreaterThanOrEqual(4.5);
});

test('colour, marker and line belong to the index and nothing else', () => {
  expect(new Set(variantMarkers).size).toBe(8);
  expect(new Set(variantDashes).size).toBe(8);
  expect(variantColor(9, 'light')).toBe(variantColor(1, 'light'));
  expect(variantMarker(9)).toBe(variantMarker(1));
  expect(variantDash(9)).toBe(variantDash(1));
  expect(variantInk(9)).toBe('var(--cr-variant-1)');
  expect(colorVariables('light')).toContain(`--cr-variant-1:${variantColor(1, 'light')};`);
});
