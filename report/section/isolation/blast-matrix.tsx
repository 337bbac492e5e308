import { withFaultsInWords } from '../../../engine/model/index.ts';
import type { VariantView } from '../../data/variants.ts';
import { formatShare } from '../../format/index.ts';
import { ScrollFrame } from '../../part/scroll-frame.tsx';
import { VariantTag } from '../../part/variant-tag.tsx';
import type { Cell, FaultView } from './data.ts';
import { cellLoss, cellSentence, cellSlowdown, cellUnreached, expectationWord } from './words.ts';

interface BlastMatrixProps {
  variant: VariantView;
  faults: readonly { label: string; views: readonly FaultView[] }[];
  endpoints: readonly { name: string; title: string; weight: number }[];
}

/** Endpoints by faults for one variant; every cell says in figures what happened. */
export function BlastMatrix({ variant, faults, endpoints }: BlastMatrixProps) {
  const columns = faults.map((fault) => ({
    label: fault.label,
    view: fault.views.find((view) => view.variant.name === variant.name),
  }));
  return (
    <ScrollFrame label={`Blast radius, ${variant.title}`}>
      <table className="cr-matrix">
        <caption>
          <VariantTag index={variant.index} title={variant.title} /> <span className="cr-quiet">blast radius</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">Endpoint</th>
            {columns.map(({ label }) => (
              <th key={label} scope="col">
                {withFaultsInWords(label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {endpoints.map((endpoint, row) => (
            <tr key={endpoint.name}>
              <th scope="row">
                {endpoint.title} <span className="cr-faint">{formatShare(endpoint.weight, 0)}</span>
              </th>
              {columns.map(({ label, view }) => {
                if (view === undefined || view.status !== 'applied') {
                  return row === 0 ? (
                    <td key={label} rowSpan={endpoints.length} className="cr-cannot" title={view?.reason ?? undefined}>
                      <span>
                        {view === undefined ? 'not measured' : view.status === 'aborted' ? 'aborted' : 'cannot happen'}
                        {view?.status === 'cannot-happen' && view.reason !== null ? (
                          <small className="cr-because">{view.reason}</small>
                        ) : null}
                      </span>
                    </td>
                  ) : null;
                }
                return <MatrixCell key={label} cell={view.cells.get(endpoint.name)} endpoint={endpoint.title} />;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

function MatrixCell({ cell, endpoint }: { cell: Cell | undefined; endpoint: string }) {
  if (cell === undefined) return <td className="cr-faint">no traffic</td>;
  const strength = cell.impacted
    ? Math.max(0.18, Math.min(1, Math.max(cell.degradation, Math.log10(Math.max(1, cell.addedMs ?? 1)) / 3)))
    : 0;
  const word = expectationWord(cell);
  const unreached = cellUnreached(cell);
  return (
    <td
      className={cell.impacted ? 'cr-hurt' : cell.cutOff ? 'cr-unhurt cr-cut-off' : 'cr-unhurt'}
      style={cell.impacted ? { ['--cr-strength' as string]: `${Math.round(12 + strength * 46)}%` } : undefined}
      title={cellSentence(cell, endpoint)}
    >
      <span className="cr-loss">{cellLoss(cell)}</span>
      <span className="cr-slow">{cellSlowdown(cell)}</span>
      {unreached === null ? null : <span className={cell.cutOff ? 'cr-surprise' : 'cr-slow'}>{unreached}</span>}
      {word === '' ? null : (
        <span className={cell.expectation.startsWith('surprise') ? 'cr-surprise' : 'cr-need'}>{word}</span>
      )}
    </td>
  );
}
