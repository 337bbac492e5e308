import { piecesOf } from '../../engine/model/index.ts';

/** A text whose terms explain themselves on hover. */
export function Termed({ children, only }: { children: string; only?: readonly string[] }) {
  return piecesOf(children, only).map(({ text, term }, index) =>
    term === null ? (
      text
    ) : (
      <abbr key={index} className="cr-term" title={term.meaning}>
        {text}
      </abbr>
    ),
  );
}
