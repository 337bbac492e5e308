import { withFaultsInWords, type Result } from '../../../engine/model/index.ts';
import { variantsOf } from '../../data/variants.ts';
import { formatMs, formatValue } from '../../format/index.ts';
import { DataTable } from '../../part/data-table.tsx';
import { Quantity } from '../../part/quantity.tsx';
import { Empty, Section } from '../../part/section.tsx';
import { VariantTag } from '../../part/variant-tag.tsx';
import { BlastMatrix } from './blast-matrix.tsx';
import { endpointsByWeight, faultsOf } from './data.ts';
import { faultSentence, recoveryText } from './words.ts';

const lead =
  'The same fault in the same module, in every shape. A cell says which share of good requests an endpoint lost while the fault lasted and how many milliseconds later its median answer came; it is filled where the endpoint was hurt, judged over the deployments.';

/** Who else feels it when a module breaks. */
export function IsolationSection({ result }: { result: Result }) {
  const faults = faultsOf(result);
  if (faults.length === 0) {
    return (
      <Section id="isolation" title="Fault isolation">
        <Empty>No fault was tried.</Empty>
      </Section>
    );
  }
  const endpoints = endpointsByWeight(result);
  const variants = variantsOf(result).filter((variant) =>
    faults.some((fault) => fault.views.some((view) => view.variant.name === variant.name)),
  );
  return (
    <Section id="isolation" title="Fault isolation" lead={lead}>
      <p className="cr-key">
        By the application's dependency map an endpoint <strong>needs</strong> the module, has it as{' '}
        <strong>optional</strong>, or (no word) does not use it. <strong>Unforeseen</strong>: hurt although it does not
        use the module. <strong>Same server</strong>: hurt, and data of modules that it uses are on the server of the
        store that was broken. <strong>Spared</strong>: unhurt although it needs it; <strong>unclear</strong>: not seen
        hurt, with too few requests to call it spared. <strong>Cut off</strong> (hatched): as far as it was asked it was
        well, but a request that it builds on failed (no cart, no check-out).
      </p>
      {groupsOf(faults).map((group) => (
        <div key={group[0]?.label} className="cr-matrices" style={{ ['--cr-columns' as string]: group.length }}>
          {variants.map((variant) => (
            <BlastMatrix key={variant.name} variant={variant} faults={group} endpoints={endpoints} />
          ))}
        </div>
      ))}
      <h3>What each fault does</h3>
      {faults.map((fault) => (
        <div key={fault.label} className="cr-fault">
          <h4>{withFaultsInWords(fault.label)}</h4>
          <ul>
            {fault.views.map((view) => (
              <li key={view.variant.name}>{faultSentence(view)}</li>
            ))}
          </ul>
        </div>
      ))}
      <DataTable
        caption="Isolation by fault and variant, averages over the rounds"
        columns={[
          { key: 'fault', title: 'Fault' },
          { key: 'variant', title: 'Variant' },
          { key: 'scope', title: 'Scope' },
          { key: 'lost', title: 'Lost good requests', numeric: true },
          { key: 'index', title: 'Isolation index', numeric: true },
          { key: 'breadth', title: 'Breadth', numeric: true },
          { key: 'severity', title: 'Severity', numeric: true },
          { key: 'outage', title: 'Outage', numeric: true },
          { key: 'detect', title: 'First bad request', numeric: true },
          { key: 'recover', title: 'Recovery' },
        ]}
        rows={faults.flatMap((fault) =>
          fault.views.map((view) => ({
            key: `${fault.label} ${view.variant.name}`,
            className: view.variant.index === 0 ? 'cr-group-start' : 'cr-group-more',
            cells: [
              withFaultsInWords(fault.label),
              <VariantTag key="variant" index={view.variant.index} title={view.variant.title} />,
              `${view.scope} ${view.unit}`,
              ...(view.status === 'cannot-happen'
                ? ['cannot happen', '', '', '', '', '']
                : [
                    ...['lost-good-requests', 'isolation-index', 'fault-breadth', 'fault-severity'].map((metric) => (
                      <Quantity
                        key={metric}
                        result={result}
                        metric={metric}
                        scope={{ fault: fault.label }}
                        variant={view.variant.name}
                        none={metric === 'isolation-index' ? 'all need it' : 'none'}
                      />
                    )),
                    view.outageSeconds === null ? 'none' : formatMs(view.outageSeconds * 1000),
                    formatValue(view.detectMs, 'ms'),
                  ]),
              recoveryText(view),
            ],
          })),
        )}
        className="cr-grouped"
      />
    </Section>
  );
}

const widest = 3;

/** Faults in groups small enough that the matrices of all variants fit beside each other, as even as they come. */
export function groupsOf<T>(items: readonly T[]): T[][] {
  const size = Math.ceil(items.length / Math.max(1, Math.ceil(items.length / widest)));
  return Array.from({ length: Math.ceil(items.length / Math.max(1, size)) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
