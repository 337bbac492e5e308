import { withFaultsInWords, type Finding, type Result } from '../../engine/model/index.ts';
import { effectWithInterval, findingTitle, pairsOf } from '../data/findings.ts';
import { forSharing } from '../sharing.ts';
import type { Exporter } from './exporter.ts';

/** A test suite a pair of variants and a test case a finding: worse fails, inconclusive is skipped, the rest passes. */
export const junitExporter: Exporter = {
  name: 'junit',
  extension: 'xml',
  mediaType: 'application/xml',
  render(result) {
    const shared = forSharing(result);
    const suites = pairsOf(shared).map(({ baseline, variant, findings }) =>
      suite(shared, `${variant} against ${baseline}`, findings),
    );
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<testsuites name="${xml(shared.title)}"${counts(shared.findings)}>`,
      ...suites,
      '</testsuites>',
      '',
    ].join('\n');
  },
};

function counts(findings: readonly Finding[]): string {
  const of = (verdict: Finding['verdict']): number => findings.filter((finding) => finding.verdict === verdict).length;
  return ` tests="${findings.length}" failures="${of('worse')}" skipped="${of('inconclusive')}" errors="0"`;
}

function suite(result: Result, name: string, findings: readonly Finding[]): string {
  return [
    `  <testsuite name="${xml(name)}" timestamp="${xml(result.startedAt)}"${counts(findings)}>`,
    ...findings.map(testCase),
    '  </testsuite>',
  ].join('\n');
}

function testCase(finding: Finding): string {
  const open = `    <testcase classname="${xml(`${finding.probe}.${finding.metric}`)}" name="${xml(findingTitle(finding))}"`;
  const message = xml(`${finding.verdict}: ${effectWithInterval(finding)}. ${withFaultsInWords(finding.sentence)}`);
  switch (finding.verdict) {
    case 'worse':
      return `${open}><failure type="worse" message="${message}"/></testcase>`;
    case 'inconclusive':
      return `${open}><skipped message="${message}"/></testcase>`;
    case 'better':
    case 'equivalent':
      return `${open}><system-out>${message}</system-out></testcase>`;
  }
}

/** Text fit for XML: markup escaped, characters that XML cannot hold left out. */
export function xml(value: string): string {
  return Array.from(value)
    .filter((character) => allowed(character.codePointAt(0) ?? 0))
    .join('')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;')
    .replace(/[\r\n\t]/g, ' ');
}

/** XML 1.0, production 2 (Char). */
function allowed(code: number): boolean {
  return (
    code === 0x9 ||
    code === 0xa ||
    code === 0xd ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    code >= 0x10000
  );
}
