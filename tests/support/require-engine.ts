import type { TestProject } from 'vitest/node';
import { findAnsweringEngine } from '../../scripts/docker-engine/find.ts';

/**
 * Finds out once, before the tests that need one, whether a Docker engine answers, and tells it to them and to all they start.
 * Without one those tests are skipped with a loud line, or the run fails where CI is set.
 */
export async function setup(project: TestProject): Promise<void> {
  const dockerHost = await findAnsweringEngine();
  if (dockerHost === undefined) {
    const reason = 'No Docker engine answers.';
    if (isCi()) throw new Error(`${reason} In CI these tests need one: node scripts/engine.ts start`);
    console.warn(`\n*** ${reason} ALL TESTS THAT NEED ONE ARE SKIPPED. Start one: node scripts/engine.ts start ***\n`);
  } else {
    process.env['DOCKER_HOST'] = dockerHost;
  }
  project.provide('dockerHost', dockerHost ?? '');
}

function isCi(): boolean {
  const { CI } = process.env;
  return CI !== undefined && CI !== '' && CI !== 'false' && CI !== '0';
}
