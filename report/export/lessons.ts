import { allPrintable, type Claims, type JudgedClaim, type LessonReader } from '../../engine/model/index.ts';
import { text } from '../format/markdown.ts';

/** Each claim as a lesson in Markdown: hypothesis, run, observation, question. Pure. */
export function lessonsOf(judged: Claims, reader: LessonReader): string {
  const { claims, application, machine } = allPrintable(judged);
  const title = reader === 'student' ? 'Lessons' : 'Lessons, with what was measured here';
  const about =
    reader === 'student'
      ? 'Measure first, write down what you see, then answer.'
      : `Measured with ${text(application)} on ${text(machine)}. The student file has the same cards without observations.`;
  return [`# ${title}`, about, ...claims.map((claim, index) => lesson(claim, index + 1, reader)), ''].join('\n\n');
}

function lesson(
  { title, said, tested, asks, evidence, sentence, cannot, presets }: JudgedClaim,
  number: number,
  reader: LessonReader,
): string {
  const observed =
    reader === 'student'
      ? [
          'Which quantities differ, by how much, and how sure is that?',
          '',
          '|  | first cut | second cut | effect | interval |',
          '| --- | --- | --- | --- | --- |',
          '|  |  |  |  |  |',
          '|  |  |  |  |  |',
        ].join('\n')
      : [text(sentence), ...evidence.map((one) => `- ${text(one.sentence)}`)].join('\n');
  return [
    `## ${number}. ${text(title)}`,
    `**Hypothesis.** ${text(said)}`,
    `**Run.** ${text(tested)} ${presets.length === 0 ? '' : `\`${presets.map((preset) => `npm run compare -- --preset ${preset}`).join('`, `')}\``}`.trim(),
    `**Observation.**\n\n${observed}`,
    `**Question.** ${text(asks)}`,
    ...(reader === 'student' ? ['Answer:'] : [`**Not shown by it.** ${cannot.map(text).join(' ')}`]),
  ].join('\n\n');
}
