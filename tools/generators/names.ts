// One name in the spellings of this repository.

export interface Spellings {
  readonly kebab: string;
  readonly snake: string;
  readonly constant: string;
  readonly camel: string;
  readonly pascal: string;
  readonly sentence: string;
}

/** @param name in kebab-case or snake_case */
export function spellings(name: string): Spellings {
  const words = name.split(/[-_]/);
  const [first = '', ...rest] = words;
  const capital = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1);
  return {
    kebab: words.join('-'),
    snake: words.join('_'),
    constant: words.join('_').toUpperCase(),
    camel: first + rest.map(capital).join(''),
    pascal: words.map(capital).join(''),
    sentence: capital(words.join(' ')),
  };
}
