import { defineConfig } from 'vitest/config';

/** Long searches, outside the default suite: `npm run test:deep`. */
export default defineConfig({
  test: {
    include: ['properties/**/*.deep.ts', 'src/**/*.deep.ts'],
    testTimeout: 3_600_000,
    maxWorkers: 1,
    reporters: ['default'],
  },
});
