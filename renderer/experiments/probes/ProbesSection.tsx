import { own, type Fault } from '../../../engine/model/index.ts';
import { Card } from '../../shared/Card.tsx';
import { mostInstancesHit } from '../../shared/topologies.ts';
import { mistakesUnder } from '../check.ts';
import type { SectionProps } from '../section.ts';
import type { EditorProbe } from './editor-probe.ts';
import { editorProbes } from './index.ts';
import { Probe } from './Probe.tsx';

// What each is given is its own settings.
const probesInOrder = Object.entries(editorProbes) as [key: string, probe: EditorProbe<unknown>][];

/** What else is measured. Deployment and response time always are. */
export function ProbesSection({ experiment, mistakes, summary: { application }, set }: SectionProps) {
  const { probes, variants } = experiment;
  const instancesOf = (fault: Fault): number =>
    mostInstancesHit(
      fault,
      variants.map(({ topology }) => topology),
      application,
    );
  return (
    <Card title="Further probes">
      {probesInOrder.map(([key, probe]) => {
        const settings = own<unknown>(probes, key) ?? null;
        const onChange = (next: unknown): void => set({ probes: { ...probes, [key]: next } });
        return (
          <Probe
            key={key}
            title={probe.title}
            text={probe.text}
            on={settings !== null}
            onChange={(on) => onChange(on ? probe.usual(application) : null)}
          >
            {settings === null
              ? null
              : probe.fields({
                  settings,
                  application,
                  errors: mistakesUnder(mistakes, `probes.${key}`),
                  instancesOf,
                  onChange,
                })}
          </Probe>
        );
      })}
    </Card>
  );
}
