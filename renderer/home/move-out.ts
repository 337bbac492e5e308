import { own, type Application, type Experiment, type Topology } from '../../engine/model/index.ts';
import { comparisonOf } from '../experiments/new-experiment.ts';
import { builtInTopologies } from '../shared/topologies.ts';
import { applyEdit } from '../topologies/edit/edit.ts';

/** The application in one unit; null where none of its cuts is that. */
function whole(application: Application): Topology | null {
  return builtInTopologies(application).find(({ units }) => units.length === 1) ?? null;
}

/** The modules that could be moved out of the whole, the one that people ask about first. Empty where nothing can be. Pure. */
export function movableModules(application: Application): string[] {
  if (whole(application) === null) return [];
  const others = Object.keys(application.modules).filter((module) => module !== application.entry);
  // What handles money is what people want apart; whatever else an application has, any is as good.
  const first = others.find((module) => own(application.modules, module)?.keeps.includes('payments'));
  return first === undefined ? others : [first, ...others.filter((module) => module !== first)];
}

/** The whole against the whole with one module in a unit of its own, at the pace of a first answer. Null where it cannot be. Pure. */
export function moveOutExperiment(application: Application, module: string): Experiment | null {
  const before = whole(application);
  const title = own(application.modules, module)?.title;
  if (before === null || title === undefined) return null;
  const after = { ...applyEdit(before, { kind: 'split', module }), name: `${module.slice(0, 34)}-out` };
  if (after.units.length !== 2) return null;
  const experiment = comparisonOf(application, [before, after]);
  return (
    experiment && {
      ...experiment,
      name: after.name,
      title: `${application.title}: move ${title} out?`,
      variants: experiment.variants.map((variant, index) =>
        index === 0 ? variant : { ...variant, title: `${title} moved out` },
      ),
    }
  );
}
