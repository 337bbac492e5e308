/** What the definitions say of one metric: its question, scale, smallest change that matters and the better direction. */
export interface Definition {
  question: string;
  scale: 'ratio' | 'difference' | 'share' | 'count';
  margin: number;
  better: 'lower' | 'higher';
  headline?: true;
  /** Step of its values, in its unit. */
  step?: number;
  /** The same in all deployments of a variant: counted, not tested. */
  constant?: true;
}

/** A ratio of positive quantities, lower being better, unless told otherwise. */
export const ratio = (question: string, more: Partial<Definition> = {}): Definition => ({
  question,
  scale: 'ratio',
  margin: 0.05,
  better: 'lower',
  ...more,
});
export const headline = { headline: true } as const;
