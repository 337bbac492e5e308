export { ensureBaseImage } from './ensure.ts';
export type { BaseImage, BaseImageOptions, BaseImageOrigin } from './types.ts';
