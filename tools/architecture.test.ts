import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const page = resolve(import.meta.dirname, '../docs/architecture.md');
const text = readFileSync(page, 'utf8');

describe('the walks through the system', () => {
  it('are those of a question, an event, a deployment and a failing task', () => {
    expect(text.match(/^## .*$/gm)).toEqual(['## A question', '## An event', '## A deployment', '## A failing task']);
  });

  it('name files that are there, by their place in the repository', () => {
    const links = [...text.matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)].map(([, shown = '', target = '']) => ({
      shown,
      target,
    }));

    expect(links.length).toBeGreaterThan(30);
    expect(links.filter(({ target }) => !existsSync(resolve(dirname(page), target)))).toEqual([]);
    expect(links.filter(({ shown, target }) => shown.includes('/') && `../${shown}` !== target)).toEqual([]);
  });
});
