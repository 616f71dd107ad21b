import type { Operation } from '../../api/http/contract.ts';

/** `createCycle` as an anchor: `create-cycle`. */
export function anchorOf({ id }: Pick<Operation, 'id'>): string {
  return kebab(id);
}

export function kebab(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}

/** The title of a tag's page: `api-clients` is "API clients". */
export function tagTitle(tag: string): string {
  const words = tag.replaceAll('-', ' ').replace(/^api\b/, 'API');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function tagPath(tag: string): string {
  return `/docs/${tag}`;
}

export function operationPath(declared: Pick<Operation, 'id' | 'tag'>): string {
  return `${tagPath(declared.tag)}#${anchorOf(declared)}`;
}
