import { runApp } from '@procos/service-kit';
import { declaration } from './declaration.ts';

await runApp(declaration, process.env);
