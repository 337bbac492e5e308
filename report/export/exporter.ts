import type { Result } from '../../engine/model/index.ts';

/** One way to write a result into a file; pure, so the window and the command line write the same bytes. */
export interface Exporter {
  name: string;
  /** Without the dot. */
  extension: string;
  mediaType: string;
  /** The whole file as text (UTF-8). Names of home folders are replaced. */
  render(result: Result): string;
}
