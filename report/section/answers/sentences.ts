import { languageTitles, own, type Language, type Result } from '../../../engine/model/index.ts';
import { formatCount, plural } from '../../format/index.ts';
import { askedVariants, isSwapped, obstaclesOf, otherLanguagesIn, type AnswersView } from './data.ts';

const mostTold = 3;

/** What is said of the answers of every variant, of what another language would take elsewhere, and of how its units are made; can be read aloud. Pure. */
export function answersSentences(result: Result): string[] {
  return [
    ...sameAnswers(result),
    ...(isSwapped(result) ? [...made(result), ...notReleased(result), ...taking(result)] : []),
  ];
}

/** Whether all answers are the same, a sentence a variant, with the first question that is answered otherwise. */
export function sameAnswers(result: Result): string[] {
  const [first, ...others] = askedVariants(result);
  if (first === undefined) return [];
  const alone = others.length === 0 || first.verdict !== 'same' ? [first] : [];
  return [...alone, ...others].map((one) => told(result, one, first));
}

function told(result: Result, one: AnswersView, first: AnswersView): string {
  const { view, questions, other, unsteady, unanswered, refused, deployments, verdict } = one;
  const isFirst = view.name === first.view.name;
  const asked = `${titleOf(result, one.module)} was asked ${formatCount(questions)} questions in ${plural(deployments.variant, 'deployment')} of ${view.title}${isFirst ? '' : ` and ${formatCount(deployments.baseline)} of ${first.view.title}`}`;
  const refusals = refused === 0 ? '' : `; ${formatCount(refused / deployments.variant)} of them it refuses`;
  const contract = contractInWords(one);
  switch (verdict) {
    case 'same':
      return `The same answers: ${asked}, and all of them were answered${isFirst ? ' alike each time' : ' alike'}${refusals}${contract}.`;
    case 'other': {
      const count =
        other === 0
          ? 'they were answered alike'
          : `${formatCount(other)} of them ${other === 1 ? 'has' : 'have'} another answer`;
      const steady =
        unsteady === 0 ? '' : `, ${formatCount(unsteady)} of these even between deployments of one variant`;
      const silent = unanswered === 0 ? '' : `, and ${notAlways(unanswered)}`;
      return `Other answers: ${asked}: ${count}${steady}${silent}${firstInWords(one, first)}${contract}.`;
    }
    case 'not-answered':
      return `Not all was answered: ${asked}, and ${notAlways(unanswered)}; all others were answered alike${contract}.`;
    case 'not-comparable':
      return `Not compared: ${asked}, and they were not the same questions${contract}.`;
    default:
      return verdict satisfies never;
  }
}

const notAlways = (count: number): string =>
  `${formatCount(count)} of them ${count === 1 ? 'was' : 'were'} not always answered`;

function firstInWords({ first: question, view }: AnswersView, { view: before }: AnswersView): string {
  if (question === null) return '';
  const { number, operation, body, baseline, variant } = question;
  const answers =
    baseline === null || variant === null
      ? ''
      : view.name === before.name
        ? `, answered once with ${baseline} and once with ${variant}`
        : `, answered by ${before.title} with ${baseline} and by ${view.title} with ${variant}`;
  return `. The first is question ${formatCount(number)}, ${operation} ${body}${answers}`;
}

function contractInWords({ contract, contractNotAsked }: AnswersView): string {
  if (contract.length > 0) {
    const some = contract
      .slice(0, mostTold)
      .map(
        ({ operation, place, field, expected, came, request }) =>
          `${operation} (${request}): ${place === 'field' ? `field ${field === undefined || field === '' ? 'of the whole' : `"${field}"`}` : place}, expected ${expected}, came ${came}`,
      );
    const more = contract.length > mostTold ? `; and ${formatCount(contract.length - mostTold)} more` : '';
    return `. It does not keep its contract: ${some.join('; ')}${more}`;
  }
  return contractNotAsked === null ? '; its contract is kept' : `; its contract was not checked: ${contractNotAsked}`;
}

/** How a unit comes to be in each language. */
const making: Readonly<Record<Language, string>> = {
  typescript: 'bundled into one file that Node.js runs',
  go: 'compiled into one static executable that needs nothing below it',
  python: 'its files as they are, run by the interpreter of the language',
};

function made(result: Result): string[] {
  const used = [...new Set(askedVariants(result).map(({ language }) => language))];
  return [
    `How the unit is made differs, as declared: ${used.map((language) => `${languageTitles[language]}, ${making[language]}`).join('; ')}. All other units are the same programs.`,
  ];
}

function notReleased(result: Result): string[] {
  const { redeployment, answers } = result.experiment.probes;
  if ((redeployment?.changes.length ?? 0) > 0) return [];
  return [
    `From edit to live was not measured: no change of the application that edits ${titleOf(result, answers?.module ?? '')} in each of these languages was released.`,
  ];
}

/** What another language would take in cuts in which the module shares its process. */
function taking(result: Result): string[] {
  const languages = otherLanguagesIn(result).map((language) => languageTitles[language]);
  if (languages.length === 0) return [];
  const title = titleOf(result, result.experiment.probes.answers?.module ?? '');
  const wanted = languages.join(' or ');
  return obstaclesOf(result).map(
    ({ cut, unit, others, lines }) =>
      `In ${cut} ${title} cannot be in ${wanted}: ${others.length === 1 ? 'another module shares' : `${formatCount(others.length)} other modules share`} its process (unit ${unit}), which has one language. It would take ${others.length === 1 ? 'that one' : 'all of them'} in ${wanted} too${lines === null ? '' : ` (${formatCount(lines)} lines of code today)`}, or ${title} in a unit of its own.`,
  );
}

function titleOf({ application }: Result, module: string): string {
  return own(application.modules, module)?.title ?? module;
}
