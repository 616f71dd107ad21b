import { Tag } from '../../components/Tag.tsx';

/** Whether a system may sign in. */
export function ApiClientState({ revokedAt }: { revokedAt: string | null }) {
  return revokedAt === null ? <Tag colour="green">Active</Tag> : <Tag colour="grey">Revoked</Tag>;
}
