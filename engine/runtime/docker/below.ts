import type { BaseImage } from './base-image/index.ts';

/** What an image stands on. */
export type Below = Pick<BaseImage, 'reference' | 'id' | 'sizeBytes'>;

/** Nothing at all: what is in the image is the program. Engines know the name, and nobody has an image of it. */
export const SCRATCH: Below = { reference: 'scratch', id: 'scratch', sizeBytes: 0 };
