// One name in the spellings of this repository.

/** @param {string} name in kebab-case or snake_case */
export function spellings(name) {
  const words = name.split(/[-_]/);
  const capital = (word) => word[0].toUpperCase() + word.slice(1);
  return {
    kebab: words.join('-'),
    snake: words.join('_'),
    constant: words.join('_').toUpperCase(),
    camel: words[0] + words.slice(1).map(capital).join(''),
    pascal: words.map(capital).join(''),
    sentence: capital(words.join(' ')),
  };
}
