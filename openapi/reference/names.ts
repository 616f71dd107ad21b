import { contracts } from '../../api/contracts.ts';
import type { Method, Operation } from '../../api/http/contract.ts';

const methods: Method[] = ['get', 'post', 'put', 'patch', 'delete'];

/** A path to sort by: what is well known is looked up by programs, so it comes last. */
const pathOrder = ({ path }: Operation) => path.replace('/.', '/~');

/** The operations of a tag: a collection before its members, a read before a change. */
export function operationsOf(tag: string): Operation[] {
  return contracts
    .filter((declared) => declared.tag === tag)
    .sort((a, b) =>
      a.path === b.path
        ? methods.indexOf(a.method) - methods.indexOf(b.method)
        : pathOrder(a) < pathOrder(b)
          ? -1
          : 1,
    );
}

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
