import {
  faultInWords,
  own,
  releaseInWords,
  replacementInWords,
  type Application,
  type ExploreCause,
  type ExploreState,
  type ExploreVisitors,
  type VisitedEndpoint,
} from '../../engine/model/index.ts';

type Last = Pick<ExploreState, 'replacement' | 'release'>;

/** Who lost requests, in one sentence; `last`: the last replacement and release. Pure. */
export function sufferingInWords({ since, endpoints }: ExploreVisitors, last: Last, application: Application): string {
  const begin = since === null ? '' : `${causeInWords(since.cause, last, application)}: `;
  const visited = endpoints.filter(({ asked }) => asked > 0);
  const suffering = visited.filter(({ failed }) => failed > 0);
  if (visited.length === 0) return `${begin}${since === null ? 'The' : 'the'} next visitors are on their way.`;
  if (suffering.length === 0)
    return since === null ? 'Every request gets a good answer.' : `${begin}every request has had a good answer since.`;
  if (suffering.length === visited.length && visited.length > 1) return `${begin}requests of every kind failed.`;
  const names = suffering.map(({ name }) => own(application.endpoints, name)?.title ?? name).join(', ');
  return `${begin}${names} failed, nothing else did.`;
}

function causeInWords(cause: ExploreCause, { replacement, release }: Last, application: Application): string {
  switch (cause.kind) {
    case 'fault':
      return faultInWords(cause.fault);
    case 'replacement':
      return replacementInWords(cause.replacement, phaseOf(replacement));
    case 'release':
      return releaseInWords(cause.release, phaseOf(release), application);
    default:
      return cause satisfies never;
  }
}

function phaseOf(last: { end: { problem: string | null } | null } | null): 'under-way' | 'done' | 'failed' {
  const end = last?.end ?? null;
  return end === null ? 'under-way' : end.problem === null ? 'done' : 'failed';
}

/** What visitors got from one kind of request. Pure. */
export function visitsInWords({ asked, failed }: VisitedEndpoint): string {
  if (asked === 0) return 'nobody got this far';
  return failed === 0 ? `all ${asked} good` : `${failed} of ${asked} failed`;
}
