export { ensureBaseImage } from './ensure.ts';
export { RECIPE_LABEL } from './recipe.ts';
export type { BaseImage, BaseImageOptions, BaseImageOrigin } from './types.ts';
