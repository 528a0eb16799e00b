// Plural forms by Intl.PluralRules; each language says which forms it tells apart.
const rules = { en: new Intl.PluralRules('en'), fa: new Intl.PluralRules('fa') };

export function plural(language: 'en' | 'fa', count: number, forms: { one: string; other: string }): string {
  return rules[language].select(count) === 'one' ? forms.one : forms.other;
}
