/** What a poster is about: all of an organisation, or one cycle. */
export interface PosterSubject {
  /** As the API's lists can be narrowed by it. */
  name: 'organisation' | 'cycle';
  value: string;
}

/** What was asked for; null while nothing is chosen. */
export function subjectOf(query: URLSearchParams): PosterSubject | null {
  for (const name of ['organisation', 'cycle'] as const) {
    const value = query.get(name);
    if (value) return { name, value };
  }
  return null;
}
