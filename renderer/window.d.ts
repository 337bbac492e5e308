import type { Bridge } from '../engine/model/index.ts';

declare global {
  interface Window {
    /** Put there by the preload script. */
    cleave: Bridge;
  }
}
