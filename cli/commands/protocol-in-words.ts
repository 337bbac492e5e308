import { languageTitles, plural, printable, type Language } from '../../engine/model/index.ts';
import type { ProtocolResult, RequirementResult } from '../../engine/protocol/index.ts';

/** One requirement in one line: what became of it, and what was asked and came where it is not met. */
export function requirementInWords({ name, title, outcome, failure, because, found }: RequirementResult): string {
  switch (outcome) {
    case 'passed':
      return oneLine(`ok      ${name}${found === undefined ? '' : ` (${found})`}`);
    case 'not-asked':
      return oneLine(`-       ${name}: not asked: ${because ?? ''}`);
    case 'failed':
      return oneLine(
        `FAILED  ${name}: ${title} ${failure?.asked ?? ''}: expected ${failure?.expected ?? ''}, came ${failure?.came ?? ''}`,
      );
  }
}

export function protocolInWords(result: ProtocolResult & { language: Language }): string {
  const { module, language, passed, failed, notAsked } = result;
  const title = `${module} in ${languageTitles[language]}`;
  const left = notAsked === 0 ? '' : `, ${notAsked} not asked`;
  return failed === 0
    ? `${title} is a unit: ${plural(passed, 'requirement')} met${left}.`
    : `${title} is no unit yet: ${plural(failed, 'requirement')} not met, ${passed} met${left}.`;
}

/** What came is the program's own words. */
function oneLine(text: string): string {
  return printable(text).replaceAll(/[\t\n\r\u2028\u2029]/g, '\ufffd');
}
