import { elasticPhase, type ElasticStep, type GeneratorHealth, type Round } from '../../model/index.ts';

/** The check of itself of the generator that doubled the load; null where none did. */
export function elasticGenerator({ generators, scaling }: Round): GeneratorHealth | null {
  return scaling?.elastic == null ? null : (generators[elasticPhase] ?? null);
}

/** The step of a round in which twice the load was offered; null where it was not, by plan or because the generator could not keep up. */
export function elasticOf(round: Round): ElasticStep | null {
  return elasticGenerator(round)?.saturated === true ? null : (round.scaling?.elastic ?? null);
}
