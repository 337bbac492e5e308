import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate';
import type { LoadMeasurement, Result } from '../engine/model/index.ts';

/** A result as it travels inside a report: JSON, deflated, in base64. */
export interface EmbeddedResult {
  schema: 'cleave/embedded-result';
  encoding: 'deflate+base64';
  /** What was left out to keep the document small, in words; empty when nothing was. */
  omitted: string[];
  data: string;
}

/** Packs a result, leaving out first what weighs most and means least until it fits into `mostBytes`. */
export function embedResult(result: Result, mostBytes: number): EmbeddedResult {
  const omitted: string[] = [];
  let packed = pack(result);
  let left = result;
  for (const step of diets) {
    if (packed.length <= mostBytes) break;
    left = step.apply(left);
    omitted.push(step.what);
    packed = pack(left);
  }
  return { schema: 'cleave/embedded-result', encoding: 'deflate+base64', omitted, data: packed };
}

/** The JSON inside an embedded result. Throws when it is damaged. */
export function openEmbedded(embedded: EmbeddedResult): unknown {
  const bytes = Uint8Array.from(atob(embedded.data), (character) => character.charCodeAt(0));
  return JSON.parse(strFromU8(inflateSync(bytes)));
}

function pack(result: Result): string {
  const bytes = deflateSync(strToU8(JSON.stringify(result)), { level: 9 });
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

const diets: { what: string; apply: (result: Result) => Result }[] = [
  {
    what: 'slices of the loads under faults',
    apply: (result) => ({
      ...result,
      rounds: result.rounds.map((round) => ({ ...round, lines: {} })),
    }),
  },
  {
    what: 'ledgers',
    apply: (result) => ({
      ...result,
      rounds: result.rounds.map((round) => ({
        ...round,
        latency: round.latency === null ? null : { ...round.latency, ledger: [] },
      })),
    }),
  },
  { what: 'histograms of the loads', apply: withoutTimes },
  { what: 'rounds', apply: (result) => ({ ...result, rounds: [] }) },
];

function withoutTimes(result: Result): Result {
  const bare = <T extends LoadMeasurement | null>(load: T): T =>
    load === null
      ? load
      : {
          ...load,
          endpoints: Object.fromEntries(
            Object.entries(load.endpoints).map(([name, one]) => [
              name,
              { ...one, responseTime: '', punctualTime: null, serviceTime: '', failureAge: '' },
            ]),
          ),
        };
  return {
    ...result,
    rounds: result.rounds.map((round) => ({
      ...round,
      latency: bare(round.latency),
      higher: round.higher === null ? null : { ...round.higher, load: bare(round.higher.load) },
      windows: round.windows.map((window) => ({ ...window, load: bare(window.load) })),
    })),
  };
}
