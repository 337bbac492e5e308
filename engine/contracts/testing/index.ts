// For tests only.

export { checkContract } from '../check.ts';
export { readContract } from '../document.ts';
export { parseExamples } from '../examples.ts';
