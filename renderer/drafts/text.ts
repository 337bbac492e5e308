const notANumber = { notANumber: true };

/** What is being edited as text: JSON in which numbers that could not be read survive, because the form says so at their fields. */
export function draftText(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'number' && Number.isNaN(inner) ? notANumber : inner,
  );
}

/** The inverse of `draftText`; undefined for what is no such text. */
export function readDraftText(text: string): unknown {
  try {
    return JSON.parse(text, (_key, inner: unknown) =>
      typeof inner === 'object' && inner !== null && 'notANumber' in inner ? Number.NaN : inner,
    );
  } catch {
    return undefined;
  }
}
