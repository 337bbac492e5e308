import { judgeResult } from '../../engine/evaluation/index.ts';
import type { ClaimOutcome, JudgedClaim, Result } from '../../engine/model/index.ts';
import { DataTable } from '../part/data-table.tsx';
import { Section } from '../part/section.tsx';
import { StatusWord } from '../part/status-word.tsx';

const outcomes: Readonly<Record<ClaimOutcome, { words: string; tone: 'good' | 'bad' | 'note' }>> = {
  holds: { words: 'holds here', tone: 'good' },
  'does-not-hold': { words: 'does not hold here', tone: 'bad' },
  mixed: { words: 'partly', tone: 'note' },
  'no-difference': { words: 'no difference that matters', tone: 'note' },
  undecided: { words: 'not decided', tone: 'note' },
  'not-measured': { words: 'not measured', tone: 'note' },
};

const sides: Readonly<Record<JudgedClaim['side'], string>> = { for: 'for', against: 'against', neither: 'of both' };

/** What this result by itself says of what people claim, for and against. */
export function ClaimsSection({ result }: { result: Result }) {
  const judged = judgeResult(result);
  if (judged.length === 0) return null;
  return (
    <Section
      id="claims"
      title="What people claim"
      lead="What is said of microservices, for and against, as far as this result has anything to say of it. A verdict is of the finer of two cuts of this application on this machine; what was not measured is not listed and changes nothing."
    >
      <DataTable
        caption="Claims, and what this result says of them"
        columns={[
          { key: 'claim', title: 'Claim' },
          { key: 'side', title: 'Said' },
          { key: 'outcome', title: 'Here' },
          { key: 'why', title: 'Why' },
        ]}
        rows={judged.map(({ name, title, said, side, outcome, sentence }) => ({
          key: name,
          cells: [
            <>
              <strong>{title}</strong>
              <span className="cr-quiet">: {said}</span>
            </>,
            sides[side],
            <StatusWord key="outcome" tone={outcomes[outcome].tone}>
              {outcomes[outcome].words}
            </StatusWord>,
            sentence,
          ],
        }))}
      />
    </Section>
  );
}

/** What others published of the same claims, beside what was measured here. */
export function PublishedSection({ result }: { result: Result }) {
  const rows = judgeResult(result).flatMap(({ name, title, sentence, published }) =>
    published.map(({ text, source }) => ({ key: `${name} ${text}`, cells: [title, text, source, sentence] })),
  );
  if (rows.length === 0) return null;
  return (
    <Section id="published" title="What others published">
      <DataTable
        caption="Published numbers beside those of this result; none of them enters a verdict"
        quiet
        columns={[
          { key: 'claim', title: 'Claim' },
          { key: 'published', title: 'Published' },
          { key: 'source', title: 'Source' },
          { key: 'here', title: 'Here' },
        ]}
        rows={rows}
      />
    </Section>
  );
}
