export default {
  testDir: '.',
  outputDir: '/tmp/pw-out',
  workers: 1,
  reporter: 'list',
  timeout: 300000,
  expect: { timeout: 30000 },
  retries: 0,
};
