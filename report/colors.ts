import type { Verdict } from '../engine/model/index.ts';

export type ColorScheme = 'light' | 'dark';

/**
 * Colours of variants, after the palette of Okabe and Ito (2008), which stays distinct for colour-blind readers. Some are darkened for light
 * paper or lightened for dark, to keep a contrast of 4.5 to 1, as their names are written in them.
 */
export const variantPalette: Record<ColorScheme, readonly string[]> = {
  light: ['#0072b2', '#b84e00', '#00805f', '#b0568a', '#8a6d00', '#2f7aa8', '#5b5b5b', '#000000'],
  dark: ['#56b4e9', '#f0913a', '#2fc79b', '#dd94bb', '#f0e442', '#8fd0f5', '#b5b5b5', '#ffffff'],
};

/** Shapes that tell variants apart without colour, by the same index. */
export const variantMarkers = ['circle', 'square', 'triangle', 'diamond', 'cross', 'ring', 'box', 'bar'] as const;
export type VariantMarker = (typeof variantMarkers)[number];

/** Line patterns of variants, by the same index; the empty pattern is a full line. */
export const variantDashes = ['', '7 3', '2 3', '10 3 2 3', '4 2', '1 2', '12 4', '6 2 1 2'] as const;

/** Colours of verdicts; always shown with the word and an icon. */
export const verdictPalette: Record<ColorScheme, Record<Verdict, string>> = {
  light: { better: '#00694e', worse: '#9c2c5a', equivalent: '#475569', inconclusive: '#6b6459' },
  dark: { better: '#4ad3a8', worse: '#f08bb4', equivalent: '#a9b6c8', inconclusive: '#b8b0a3' },
};

/** Parts of time in a request, from light to dark so that they differ in print too. */
export const partPalette: Record<ColorScheme, Record<TimePart, string>> = {
  light: { own: '#cfd8e3', store: '#8fb1c9', network: '#d55e00', serialization: '#e9b44c', queue: '#6f4a7a' },
  dark: { own: '#55627a', store: '#7fa8c4', network: '#f0913a', serialization: '#f0d27a', queue: '#b58cc2' },
};
export const timeParts = ['own', 'store', 'network', 'serialization', 'queue'] as const;
export type TimePart = (typeof timeParts)[number];

/** The colour of the variant at `index` in an experiment, as a value of its own. */
export function variantColor(index: number, scheme: ColorScheme): string {
  const palette = variantPalette[scheme];
  return palette[((index % palette.length) + palette.length) % palette.length] ?? '#000000';
}

/** The same colour as a CSS variable that follows the theme, for use inside the document. */
export function variantInk(index: number): string {
  return `var(--cr-variant-${((index % 8) + 8) % 8})`;
}

/** The marker of the variant at `index`. */
export function variantMarker(index: number): VariantMarker {
  return variantMarkers[((index % 8) + 8) % 8] ?? 'circle';
}

/** The line pattern of the variant at `index`. */
export function variantDash(index: number): string {
  return variantDashes[((index % 8) + 8) % 8] ?? '';
}

/** The CSS variables of one scheme: colours of variants, verdicts and parts of time. */
export function colorVariables(scheme: ColorScheme): string {
  return [
    ...variantPalette[scheme].map((color, index) => `--cr-variant-${index}:${color};`),
    ...Object.entries(verdictPalette[scheme]).map(([verdict, color]) => `--cr-${verdict}:${color};`),
    ...Object.entries(partPalette[scheme]).map(([part, color]) => `--cr-part-${part}:${color};`),
  ].join('');
}
