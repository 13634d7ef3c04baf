import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'models/**/*.test.ts', 'properties/**/*.test.ts'],
    testTimeout: 240_000,
    globalSetup: ['src/testing/build.ts'],
    pool: 'forks',
    maxWorkers: 2,
    reporters: ['default'],
  },
});
