type Payload = Record<string, unknown> & { uid?: string; grantId?: string; consumed?: number };

/**
 * Where the demo sign-in keeps sessions and codes: in memory, until the process ends. In the shape that oidc-provider
 * asks for (an adapter for each of its models), which checks by itself what has expired.
 */
export function createStore(): (model: string) => object {
  const kept = new Map<string, Payload>();
  return (model) => {
    const keyOf = (id: string) => `${model}:${id}`;
    return {
      upsert: async (id: string, payload: Payload) => {
        kept.set(keyOf(id), payload);
      },
      find: async (id: string) => kept.get(keyOf(id)),
      findByUid: async (uid: string) =>
        [...kept].find(([key, { uid: its }]) => key.startsWith(`${model}:`) && its === uid)?.[1],
      findByUserCode: async () => undefined, // Of devices without a browser, which are not used.
      consume: async (id: string) => {
        const payload = kept.get(keyOf(id));
        if (payload !== undefined) payload.consumed = Math.floor(Date.now() / 1000);
      },
      destroy: async (id: string) => {
        kept.delete(keyOf(id));
      },
      revokeByGrantId: async (grantId: string) => {
        for (const [key, payload] of kept) if (payload.grantId === grantId) kept.delete(key);
      },
    };
  };
}
