import { enableCompileCache } from 'node:module';

// Before anything else is loaded: without the cache each thread would strip and compile the same sources again.
enableCompileCache();
await import('./app-thread.ts');
