import type { Result } from '../../engine/model/index.ts';
import { elsewhere, whereItHolds } from '../data/limits.ts';
import { Section } from '../part/section.tsx';

/** Where the numbers hold, and what would differ elsewhere. */
export function LimitsSection({ result }: { result: Result }) {
  return (
    <Section id="limits" title="Where this holds, and what would differ elsewhere">
      {whereItHolds(result).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <ul className="cr-protocol">
        {elsewhere(result).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Section>
  );
}
