import type { Result } from '../../engine/model/index.ts';
import { openEmbedded, type EmbeddedResult } from '../../report/index.ts';
import file from './sample.json' with { type: 'json' };

/** The sample and where it is from, one sentence. */
export interface Sample {
  result: Result;
  made: string;
}

/** Opens the result that comes with Cleave; a test holds it to the schema, so that it is not checked again here. */
export function openSample(): Sample {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its own test parses the file
  const { embedded, made } = file as { embedded: EmbeddedResult; made: string };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
  return { result: openEmbedded(embedded) as Result, made };
}
