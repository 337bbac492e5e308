export { ensureBaseImage } from './ensure.ts';
export { nodeBase } from './node.ts';
export { pythonBase } from './python.ts';
export { RECIPE_LABEL } from './recipe.ts';
export type { BaseImage, BaseImageOptions, BaseImageOrigin } from './types.ts';
