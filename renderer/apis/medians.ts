import { formatTopology, type ApiAnswer } from '../../engine/model/index.ts';

/** The median time of one example in one cut, as it was last asked in this session. */
export interface CutMedian {
  /** The cut by what is in it, and where it ran: a name may be drawn anew. */
  cut: string;
  name: string;
  runtime: ApiAnswer['runtime'];
  medianMs: number;
  times: number;
}

/** With what was just measured in place of what the same cut gave before; unchanged where it says nothing. Pure. */
export function withMedian(
  medians: readonly CutMedian[],
  answer: ApiAnswer,
  { times, status }: { times: number; status: number },
): readonly CutMedian[] {
  const { topology, runtime, tookMs } = answer;
  const medianMs = medianOf(tookMs);
  if (times < 2 || tookMs.length < times || answer.status !== status || medianMs === null) return medians;
  const cut = `${runtime} ${formatTopology(topology)}`;
  const fresh = { cut, name: topology.name, runtime, medianMs, times };
  return medians.some((one) => one.cut === cut)
    ? medians.map((one) => (one.cut === cut ? fresh : one))
    : [...medians, fresh];
}

function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [lower, upper] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return lower === undefined || upper === undefined ? null : (lower + upper) / 2;
}
