import type { Result } from '../../../engine/model/index.ts';
import { formatMs, trimZeros } from '../../format/index.ts';
import { DataTable } from '../../part/data-table.tsx';
import { Section } from '../../part/section.tsx';
import { VariantTag } from '../../part/variant-tag.tsx';
import { crossingInWords, crossingsOf, type CrossedCall } from './crossing.ts';
import { OfferFold } from './offers-table.tsx';
import { offersOf } from './offers.ts';

const lead =
  'The modules offer the same APIs and call each other alike in every variant. A cut decides which of these calls are function calls inside a unit and which go over the network to another.';

/** What each variant makes of the calls between modules; left out where all make the same of them. */
export function CrossingSection({ result }: { result: Result }) {
  const crossings = crossingsOf(result);
  if (crossings === null) return null;
  const { calls, variants } = crossings;
  const offers = offersOf(result);
  const isSeen = variants.some((one) => one.calls.some(({ callMs }) => callMs !== null));
  return (
    <Section id="crossing" title="Which calls cross the network" lead={lead}>
      <ul>
        {variants.map((one) => (
          <li key={one.variant.name}>{crossingInWords(one)}</li>
        ))}
      </ul>
      <DataTable
        caption="Calls between modules by variant"
        quiet
        columns={[
          { key: 'call', title: 'Call' },
          ...variants.map(({ variant }) => ({
            key: variant.name,
            title: <VariantTag index={variant.index} title={variant.title} />,
          })),
        ]}
        rows={calls.map(({ from, to }, index) => ({
          key: `${index}`,
          cells: [
            `${from} → ${to}`,
            ...variants.map((one) => {
              const call = one.calls[index];
              return call === undefined ? '' : <Crossed key={one.variant.name} call={call} />;
            }),
          ],
        }))}
      />
      {isSeen ? (
        <p className="cr-quiet">
          Times are how long the caller waited for one such call, with all that it led to: the mean over the calls of
          sampled journeys.
        </p>
      ) : null}
      {offers.length === 0 ? null : (
        <>
          <h3>What the modules offer to each other</h3>
          <p>
            The contract of each module, as its sources say it. It is the same in every variant, in one unit too: there
            it is kept by function calls.
          </p>
          {offers.map((offer) => (
            <OfferFold key={offer.module} offer={offer} />
          ))}
        </>
      )}
    </Section>
  );
}

function Crossed({ call: { crosses, callMs } }: { call: CrossedCall }) {
  return (
    <>
      {crosses ? <b>over the network</b> : 'function call'}
      {callMs === null ? null : (
        <div className="cr-under">{`${trimZeros(formatMs(Number(callMs.toPrecision(2))))} each`}</div>
      )}
    </>
  );
}
