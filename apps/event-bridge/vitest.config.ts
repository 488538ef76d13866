import { defineProject } from 'vitest/config';

export default defineProject({
  resolve: { conditions: ['@procos/source'] },
  ssr: { resolve: { conditions: ['@procos/source'] } },
  test: { name: 'event-bridge', include: ['**/*.test.ts'], exclude: ['**/node_modules/**', '**/dist/**', '**/*.{engine,services}.test.ts'] },
});
